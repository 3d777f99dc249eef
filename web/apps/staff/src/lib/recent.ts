import type { Patient } from '@chairside/api'
import { queryClient } from './server'

const COMMANDS = 'chairside.recent'
const MOST = 5

/** Ids of the commands that were run from the palette, the last first. They tell nothing about anybody, so the browser keeps them. */
export function recentCommands(): string[] {
  try {
    return JSON.parse(localStorage.getItem(COMMANDS) ?? '[]')
  } catch {
    return []
  }
}
export function ranCommand(id: string) {
  localStorage.setItem(COMMANDS, JSON.stringify([id, ...recentCommands().filter(one => one !== id)].slice(0, MOST)))
}

const key = (clinic: string) => [clinic, 'recent-patients']
type Recent = Pick<Patient, 'id' | 'first_name' | 'last_name' | 'birth_date' | 'register_number'>

/** Whose pages were opened: among what was read from the server, so it is forgotten with that when somebody signs out. */
export const recentPatients = (clinic: string): Recent[] => queryClient.getQueryData(key(clinic)) ?? []
export function sawPatient(clinic: string, { id, first_name, last_name, birth_date, register_number }: Recent) {
  queryClient.setQueryDefaults(key(clinic), { gcTime: Number.POSITIVE_INFINITY })
  queryClient.setQueryData(
    key(clinic),
    [{ id, first_name, last_name, birth_date, register_number }, ...recentPatients(clinic).filter(one => one.id !== id)].slice(
      0,
      MOST,
    ),
  )
}
