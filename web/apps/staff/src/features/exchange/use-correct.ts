import type { Import, Mapping } from '@chairside/api'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSlug } from '@/lib/clinic'
import { send } from '@/lib/server'
import { importQuery } from './queries'
import { useImportWords } from './use-import-words'
import { correct } from './writes'

/** A decision over a guess: the whole file is looked at anew, and what comes back is shown. */
export function useCorrect(one: Import) {
  const clinic = useSlug()
  const client = useQueryClient()
  const words = useImportWords()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  return {
    busy,
    trouble,
    async correct(mapping: Mapping) {
      setBusy(true)
      setTrouble(undefined)
      try {
        const after = await send(correct(clinic, one, mapping))
        client.setQueryData(importQuery(clinic, one.id).queryKey, after)
      } catch (error) {
        setTrouble(words.refusal(error))
      } finally {
        setBusy(false)
      }
    },
  }
}
export type Correct = ReturnType<typeof useCorrect>
