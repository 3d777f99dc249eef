import type { Patient } from '@chairside/api'
import { Button, Dialog, DialogFoot } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { nameOf } from '../queries'
import { Compare } from './compare'
import { Pick } from './pick'
import { previewQuery } from './queries'

/** First who it is, then what becomes of the two. */
export default function MergeDialog({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const t = useTranslations('merging')
  const states = useTranslations('states')
  const [duplicate, choose] = useState<string>()
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('title', { name: nameOf(patient) })}
      about={t(duplicate ? 'compareAbout' : 'pickAbout')}
      close={states('close')}
      className="max-w-3xl"
    >
      {duplicate ? (
        <Compared patient={patient} duplicate={duplicate} onBack={() => choose(undefined)} onClose={onClose} />
      ) : (
        <Pick patient={patient} onPick={choose} onClose={onClose} />
      )}
    </Dialog>
  )
}

type Props = { patient: Patient; duplicate: string; onBack: () => void; onClose: () => void }

function Compared({ patient, duplicate, onBack, onClose }: Props) {
  const states = useTranslations('states')
  const preview = useQuery(previewQuery(useSlug(), patient.id, duplicate))
  return (
    <>
      <Answer to={preview}>{seen => <Compare seen={seen} onBack={onBack} onClose={onClose} />}</Answer>
      {!preview.data && (
        <DialogFoot>
          <Button variant="outline" onClick={onBack}>
            {states('back')}
          </Button>
        </DialogFoot>
      )}
    </>
  )
}
