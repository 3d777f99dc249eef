export * from './frames'
export type { State } from './line'
export { pauseAfter } from './line'
export * from './live'
