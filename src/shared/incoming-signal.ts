/** The kind of a delivery; `catch_up` rereads what may have been missed. */
export type IncomingSignal = 'notification' | 'lifecycle' | 'catch_up';
