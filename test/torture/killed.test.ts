import { describeKilled } from './killed.ts';
import { WORST_KILLS } from './kills.ts';

describeKilled(WORST_KILLS);
