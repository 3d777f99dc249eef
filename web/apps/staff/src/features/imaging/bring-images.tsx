import type { Patient, PatientImage } from '@chairside/api'
import { Button, cn } from '@chairside/ui'
import { useQueryClient } from '@tanstack/react-query'
import { ImageUp, RotateCcw, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { useFailureWords } from '@/lib/problem-words'
import { send } from '@/lib/server'
import { KINDS } from './image-dialogs'
import { sendFile } from './send-file'
import { addImage, beginFile } from './writes'

const ACCEPT = '.jpg,.jpeg,.png,.tif,.tiff,.bmp,.webp,.dcm,image/jpeg,image/png,image/tiff,image/bmp,image/webp,application/dicom'
type Going = { id: number; file: File; kind: PatientImage['kind']; part: number; trouble?: string }
let counted = 0

/** Images from this computer: chosen or dropped here, one after the other, each with how far it came. */
export function BringImages({ patient }: { patient: Patient }) {
  const t = useTranslations('imaging')
  const clinic = useSlug()
  const client = useQueryClient()
  const words = useFailureWords()
  const input = useRef<HTMLInputElement>(null)
  const [kind, setKind] = useState<PatientImage['kind']>('bitewing')
  const [going, setGoing] = useState<Going[]>([])
  const [over, setOver] = useState(false)
  const tell = (id: number, said: Partial<Going>) => setGoing(all => all.map(one => (one.id === id ? { ...one, ...said } : one)))
  const forget = (id: number) => setGoing(all => all.filter(one => one.id !== id))

  async function bring({ id, file, kind }: Going) {
    tell(id, { part: 0, trouble: undefined })
    try {
      const name = file.name.replace(/[\p{Cc}/\\]/gu, '').slice(-200) || 'image'
      const begun = await send(beginFile(clinic, patient.id, name, file.size))
      await sendFile(clinic, begun, file, part => tell(id, { part }))
      await send(addImage(clinic, patient.id, { file_id: begun.id, kind, teeth: [] }))
      await client.invalidateQueries({ queryKey: [clinic, 'images', patient.id] })
      forget(id)
    } catch (error) {
      tell(id, { trouble: words(error) })
    }
  }
  async function bringAll(files: Iterable<File>) {
    const all = [...files].map((file): Going => ({ id: ++counted, file, kind, part: 0 }))
    setGoing(before => [...before, ...all])
    for (const one of all) await bring(one)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is beside the button, which does the same by keys
    <div
      onDragOver={event => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        setOver(false)
        if (!event.dataTransfer.files.length) return
        event.preventDefault()
        void bringAll(event.dataTransfer.files)
      }}
      className={cn('grid gap-3 rounded-lg border border-dashed p-3', over && 'border-primary bg-accent')}
    >
      <div className="flex flex-wrap items-center gap-2">
        <label className="flex items-center gap-2 text-sm">
          <span>{t('kind')}</span>
          <select
            value={kind}
            onChange={event => setKind(event.target.value as PatientImage['kind'])}
            className="h-control rounded-md border bg-background px-2"
          >
            {KINDS.map(one => (
              <option key={one} value={one}>
                {t(`kinds.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <input
          ref={input}
          type="file"
          multiple
          accept={ACCEPT}
          aria-label={t('bring')}
          className="sr-only"
          tabIndex={-1}
          onChange={event => {
            const files = [...(event.target.files ?? [])]
            event.target.value = ''
            void bringAll(files)
          }}
        />
        <Button variant="outline" onClick={() => input.current?.click()}>
          <ImageUp aria-hidden /> {t('bring')}
        </Button>
        <span className="text-muted-foreground text-xs">{t('bringHint')}</span>
      </div>
      {going.length > 0 && (
        <ul className="grid gap-2" aria-label={t('onTheirWay')}>
          {going.map(one => (
            <li key={one.id} className="flex flex-wrap items-center gap-2 text-sm">
              <bdi className="min-w-0 max-w-64 truncate">{one.file.name}</bdi>
              {one.trouble ? (
                <>
                  <span role="alert" className="text-destructive">
                    {one.trouble}
                  </span>
                  <Button size="sm" variant="outline" onClick={() => void bring(one)}>
                    <RotateCcw aria-hidden /> {t('again')}
                  </Button>
                  <Button size="sm" variant="ghost" aria-label={t('leave')} onClick={() => forget(one.id)}>
                    <X aria-hidden />
                  </Button>
                </>
              ) : (
                <progress value={one.part} aria-label={t('howFar', { name: one.file.name })} className="w-48" />
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
