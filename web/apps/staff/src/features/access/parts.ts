export const PARTS = ['sessions', 'rules', 'records', 'programs'] as const
/** Without `show` it is who is signed in; `program` is the one that is open. */
export type SecuritySearch = { show?: 'rules' | 'records' | 'programs'; program?: string }
