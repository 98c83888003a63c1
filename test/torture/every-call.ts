import { describeKilled } from './killed.ts';
import { ALL_KILLS } from './kills.ts';

describeKilled(ALL_KILLS);
