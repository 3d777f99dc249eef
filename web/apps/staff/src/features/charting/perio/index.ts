export { PerioSection } from './perio-section'
