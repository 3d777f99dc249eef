import { get, isAway, Refused, type StoredFile, Unreachable } from '@chairside/api'
import { upload } from '@/lib/upload'

export const PART = 4 * 1024 * 1024
const PATIENCE = 8
const PAUSE = 1500

/**
 * A file in parts, each where the server says that it goes on: a line that was lost costs the part that was on its way. `told` hears
 * how much is there, from 0 to 1. Throws what was refused, and what could not be reached for a while.
 */
export async function sendFile(clinic: string, begun: StoredFile, file: Blob, told: (part: number) => void): Promise<StoredFile> {
  let now = begun
  let troubles = 0
  while (now.state === 'uploading' && now.upload) {
    const at = now.received
    try {
      const part = file.slice(at, at + PART)
      now = await upload<StoredFile>(
        `${now.upload}?offset=${at}`,
        part as File,
        share => told((at + share * part.size) / file.size),
        'application/octet-stream',
      )
      troubles = 0
    } catch (error) {
      const late = error instanceof Refused && ['PartOutOfPlace', 'FileLinkIsOver', 'FileIsWhole'].includes(error.problem.code)
      if (!late && !isAway(error) && !(error instanceof Unreachable)) throw error
      if (++troubles > PATIENCE) throw error
      if (!late) await new Promise(go => setTimeout(go, PAUSE * Math.min(troubles, 4)))
      const { data } = await get('/clinics/{clinic}/files/{file_id}', {
        params: { path: { clinic, file_id: now.id } },
      }).catch(() => ({ data: undefined }))
      if (data) now = data as StoredFile
    }
  }
  told(1)
  return now
}
