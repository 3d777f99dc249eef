export { ClinicScreen } from './clinic-screen'
export { membersQuery } from './members'
export { programsQuery } from './programs'
export { SignupScreen } from './signup-screen'
