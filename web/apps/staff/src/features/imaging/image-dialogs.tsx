import type { PatientImage } from '@chairside/api'
import { Button, Dialog, DialogFoot, Field, Kbd } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { useTeeth } from '@/features/charting/use-teeth'
import { useSlug, useWriting } from '@/lib/clinic'
import { useForm } from '@/lib/form'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { changeImage } from './writes'

export const KINDS = ['bitewing', 'periapical', 'panoramic', 'photo', 'other'] as const
type WhyProps = {
  what: 'strike' | 'confirm'
  image: PatientImage
  onDone: (reason: string) => Promise<unknown>
  onClose: () => void
}

/** Asks why: an image is struck through, or is this patient's although its file says somebody else. */
export function AskWhy({ what, image, onDone, onClose }: WhyProps) {
  const t = useTranslations('imaging')
  const states = useTranslations('states')
  const { day } = useWriting()
  const form = useForm({ save: ({ text }) => onDone(text('reason')).then(onClose) })
  const said = image.said
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(`${what}Title`)}
      about={
        what === 'confirm' && said
          ? t('saidWhom', { name: said.name || t('nobody'), born: said.birth_date ? day(said.birth_date) : t('unknown') })
          : t(`${what}About`)
      }
      close={states('close')}
      className="max-w-md"
    >
      <form {...form.props}>
        <div className="px-5 pt-4 pb-5">
          <Field {...form.field('reason')} label={t('why')} required autoFocus maxLength={200} dir="auto" />
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" variant={what === 'strike' ? 'destructive' : 'default'} disabled={form.busy}>
            {t(`${what}Do`)} <Kbd keys="Enter" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

/** What an image is of. */
export function Describe({ image, onClose }: { image: PatientImage; onClose: () => void }) {
  const t = useTranslations('imaging')
  const states = useTranslations('states')
  const clinic = useSlug()
  const tell = useTell()
  const counted = useTeeth()
  const form = useForm({
    check: ({ text }) => ({ teeth: counted.read(text('teeth')).trouble }),
    fieldOf: ({ pointer }) => pointer.split('/')[1] ?? '',
    save: async ({ text }) => {
      const { teeth } = counted.read(text('teeth'))
      const kind = text('kind') as PatientImage['kind']
      const now = await send(changeImage(clinic, image, { kind, teeth, taken_on: text('taken_on'), note: text('note') || null }))
      const { kind: was, teeth: had, taken_on, note } = image
      tell(t('did.described'), () => send(changeImage(clinic, now, { kind: was, teeth: had, taken_on, note })))
      onClose()
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('describe')}
      about={<bdi>{image.name}</bdi>}
      close={states('close')}
      className="max-w-md"
    >
      <form {...form.props}>
        <div className="grid gap-4 px-5 pt-4 pb-5">
          <Field
            {...form.field('kind')}
            label={t('kind')}
            defaultValue={image.kind}
            choices={KINDS.map((kind): [string, string] => [kind, t(`kinds.${kind}`)])}
          />
          <Field
            {...form.field('teeth')}
            label={t('teeth')}
            hint={t('teethHint', { example: counted.example })}
            dir="ltr"
            defaultValue={counted.written(image.teeth)}
          />
          <Field {...form.field('taken_on')} label={t('takenOn')} type="date" required defaultValue={image.taken_on} />
          <Field {...form.field('note')} label={t('note')} dir="auto" maxLength={200} defaultValue={image.note ?? ''} />
          {form.trouble && (
            <p role="alert" className="text-destructive text-sm">
              {form.trouble}
            </p>
          )}
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" disabled={form.busy}>
            {t('save')} <Kbd keys="Enter" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
