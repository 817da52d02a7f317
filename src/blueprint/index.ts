export * from './kinds';
export * from './steps';
export * from './record';
export * from './blueprint';
export * from './claim';
