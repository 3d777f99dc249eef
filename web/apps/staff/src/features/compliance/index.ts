export { AuditScreen } from './audit-screen'
export { OpenedSection } from './opened-section'
