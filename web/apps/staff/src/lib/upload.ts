import { type Problem, Refused, Unreachable } from '@chairside/api'

/** Bytes with their progress (0 to 1), which fetch cannot tell; what the server answers. */
export function upload<Answer>(url: string, file: File, onProgress: (part: number) => void, kind = file.type): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('PUT', url)
    request.setRequestHeader('content-type', kind || 'application/octet-stream')
    request.upload.onprogress = event => event.lengthComputable && onProgress(event.loaded / event.total)
    request.onerror = request.onabort = () => reject(new Unreachable(''))
    request.onload = () => {
      const isProblem = request.getResponseHeader('content-type')?.startsWith('application/problem+json')
      if (request.status < 300) resolve(JSON.parse(request.responseText) as Answer)
      else if (isProblem) reject(new Refused(JSON.parse(request.responseText) as Problem))
      else reject(new Unreachable(request.getResponseHeader('x-request-id') ?? ''))
    }
    request.send(file)
  })
}
