import type { Import } from '@chairside/api'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useSlug } from '@/lib/clinic'
import { send } from '@/lib/server'
import { upload } from '@/lib/upload'
import { importQuery } from './queries'
import { useImportWords } from './use-import-words'
import { announceFile } from './writes'

/** Announces a file and sends its bytes: to a new import, or to the one that this very file was announced for. */
export function useBring(onArrived: (one: Import) => void, into?: Import) {
  const clinic = useSlug()
  const client = useQueryClient()
  const words = useImportWords()
  return async (file: File, onProgress: (part: number) => void): Promise<string | undefined> => {
    try {
      const one = into?.filename === file.name ? into : await send(announceFile(clinic, file))
      const arrived = await upload<Import>(one.upload_url, file, onProgress, 'text/csv')
      client.setQueryData(importQuery(clinic, arrived.id).queryKey, arrived)
      onArrived(arrived)
      return undefined
    } catch (error) {
      return words.refusal(error)
    } finally {
      void client.invalidateQueries({ queryKey: [clinic, 'imports', 'list'] })
    }
  }
}

/** To the import that the file has become, unless one is there already. */
export function useGoTo(here?: Import) {
  const clinic = useSlug()
  const navigate = useNavigate()
  return (one: Import) => {
    if (one.id !== here?.id) void navigate({ to: '/c/$clinic/import/$import', params: { clinic, import: one.id } })
  }
}
