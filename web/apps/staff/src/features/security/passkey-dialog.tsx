import { Banner, Button, Dialog, DialogFoot, Field, notify } from '@chairside/ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { usePasskey } from '@/features/identity'
import { useForm } from '@/lib/form'
import { made } from '@/lib/passkeys'
import { useAgentWords } from './use-words'
import { addPasskey, askNewPasskey } from './writes'

/** The name first, then the browser asks for a finger, a face or a key. */
export function PasskeyDialog({ onClose, onAdded }: { onClose: () => void; onAdded: () => void }) {
  const t = useTranslations('security')
  const states = useTranslations('states')
  const agent = useAgentWords()
  const [name, setName] = useState(agent(navigator.userAgent))
  const passkey = usePasskey(async () => {
    await addPasskey(await made(await askNewPasskey()), name.trim())
    notify({ tone: 'ok', title: t('passkeyAdded', { name: name.trim() }) })
    onClose()
    onAdded()
  })
  const form = useForm({ save: () => passkey.run() })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('addPasskey')}
      about={t('addPasskeyAbout')}
      close={states('close')}
      className="max-w-md"
    >
      <form {...form.props}>
        <div className="grid gap-4 px-5 pt-4 pb-5">
          {passkey.trouble && <Banner title={passkey.trouble} />}
          <Field
            {...form.field('name')}
            label={t('passkeyName')}
            hint={t('passkeyNameHint')}
            value={name}
            onChange={event => setName(event.target.value)}
            onFocus={event => event.currentTarget.select()}
            dir="auto"
            maxLength={100}
            required
            autoFocus
          />
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {states('cancel')}
          </Button>
          <Button type="submit" disabled={passkey.busy}>
            {passkey.busy ? t('waitingForPasskey') : t('goOn')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
