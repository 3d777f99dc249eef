import type { Edit, Mouth } from '@chairside/dental/perio'
import { Button, Dialog, DialogFoot } from '@chairside/ui'
import { usePerioWords } from './use-perio-words'
import { saidBy, type Value, valueIn } from './wire'

type ClashDialogProps = { edits: Edit[]; now: Mouth; onChoose: (mine: boolean) => void }

/** Two wrote at the same sites: both are shown, and somebody says which stands. */
export function ClashDialog({ edits, now, onChoose }: ClashDialogProps) {
  const { t, field } = usePerioWords()
  const words = (value: Value) => (value === null ? '–' : typeof value === 'boolean' ? t(value ? 'yes' : 'no') : `${value}`)
  return (
    <Dialog open firm onClose={() => {}} title={t('clash.title')} about={t('clash.about')} className="max-w-lg">
      <div className="max-h-80 overflow-y-auto px-5 py-4">
        <table className="w-full text-sm [&_td]:py-1 [&_th]:py-1 [&_th]:text-start">
          <thead className="text-muted-foreground text-xs">
            <tr>
              <th scope="col">{t('clash.where')}</th>
              <th scope="col">{t('clash.theirs')}</th>
              <th scope="col">{t('clash.yours')}</th>
            </tr>
          </thead>
          <tbody className="tabular-nums">
            {edits.map(edit => (
              <tr key={field(edit)}>
                <th scope="row" className="font-normal">
                  {field(edit)}
                </th>
                <td>{words(valueIn(now, edit))}</td>
                <td>{words(saidBy(edit))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <DialogFoot>
        <Button variant="outline" onClick={() => onChoose(false)}>
          {t('clash.keepTheirs')}
        </Button>
        <Button onClick={() => onChoose(true)}>{t('clash.keepMine')}</Button>
      </DialogFoot>
    </Dialog>
  )
}
