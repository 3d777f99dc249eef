import type { Representative } from '@chairside/api'
import { Button, buttonVariants, cn } from '@chairside/ui'
import { useQueryClient } from '@tanstack/react-query'
import { Download, FileUp, Trash2 } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { upload } from '@/lib/upload'
import { removeProof } from './writes'

const MOST = 10 * 1024 * 1024
const ACCEPT = 'application/pdf,image/jpeg,image/png'

/** The file of what was shown: opened, brought, replaced, or taken away for good, which is asked about first. */
export function ProofFile({ proxy }: { proxy: Representative }) {
  const t = useTranslations('proxies')
  const states = useTranslations('states')
  const clinic = useSlug()
  const client = useQueryClient()
  const { dayOf } = useWriting()
  const regret = useRegret()
  const tell = useTell()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [kept, setKept] = useState(proxy.proof_file)
  const [part, setPart] = useState<number>()
  const [trouble, setTrouble] = useState('')
  const [asking, setAsking] = useState(false)
  const url = `/api/v1/clinics/${clinic}/patients/${proxy.patient_id}/proxies/${proxy.id}/proof-file`

  async function bring(file: File) {
    setTrouble(file.size > MOST ? t('fileTooLarge') : '')
    if (file.size > MOST) return
    setPart(0)
    try {
      const name = file.name.replace(/[\p{Cc}/\\]/gu, '').slice(-200) || 'file'
      const now = await upload<Representative>(`${url}?name=${encodeURIComponent(name)}`, file, setPart)
      setKept(now.proof_file)
      await client.invalidateQueries({ queryKey: [clinic, 'patients'] })
      tell(t('fileKept', { name }))
    } catch (error) {
      regret(error)
    } finally {
      setPart(undefined)
    }
  }

  async function remove() {
    setAsking(false)
    try {
      const now = await send(removeProof(clinic, proxy))
      setKept(now.proof_file)
      tell(t('fileRemoved'))
    } catch (error) {
      regret(error)
    }
  }

  return (
    <fieldset className="grid gap-2" aria-describedby={`${id}-hint`}>
      <legend className="pb-1.5 font-medium text-sm">{t('file')}</legend>
      {kept && (
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <span className="me-auto grid min-w-0">
            <bdi className="truncate">{kept.name}</bdi>
            <span className="text-muted-foreground text-xs">{t('fileAdded', { day: dayOf(kept.added_at) })}</span>
          </span>
          <a href={url} download className={cn(buttonVariants({ variant: 'outline', size: 'sm' }))}>
            <Download aria-hidden /> {t('fileOpen')}
          </a>
          {!asking && (
            <Button size="sm" variant="ghost" onClick={() => setAsking(true)}>
              <Trash2 aria-hidden /> {t('fileRemove')}
            </Button>
          )}
        </div>
      )}
      {asking && (
        <div role="alert" className="flex flex-wrap items-center gap-2 rounded-md border border-danger px-3 py-2 text-sm">
          <span className="me-auto">{t('fileAsk')}</span>
          <Button size="sm" variant="outline" onClick={() => setAsking(false)}>
            {states('back')}
          </Button>
          <Button size="sm" variant="destructive" onClick={() => void remove()}>
            {t('fileRemove')}
          </Button>
        </div>
      )}
      <input
        ref={input}
        type="file"
        accept={ACCEPT}
        aria-label={t('file')}
        className="sr-only"
        tabIndex={-1}
        onChange={event => {
          const [file] = event.target.files ?? []
          event.target.value = ''
          if (file) void bring(file)
        }}
      />
      <Button
        size="sm"
        variant="outline"
        className="justify-self-start"
        disabled={part !== undefined}
        onClick={() => input.current?.click()}
      >
        <FileUp aria-hidden /> {kept ? t('fileReplace') : t('fileChoose')}
      </Button>
      {part !== undefined && <progress value={part} aria-label={t('fileOnItsWay')} className="w-full" />}
      {trouble && (
        <p role="alert" className="text-danger text-sm">
          {trouble}
        </p>
      )}
      <p id={`${id}-hint`} className="text-muted-foreground text-xs">
        {t('fileHint')}
      </p>
    </fieldset>
  )
}
