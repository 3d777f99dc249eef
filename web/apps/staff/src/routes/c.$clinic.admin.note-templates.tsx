import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { TemplatesScreen } from '@/features/notes/templates/templates-screen'

export const Route = createFileRoute('/c/$clinic/admin/note-templates')({
  loader: () => needWords('notes'),
  component: TemplatesScreen,
})
