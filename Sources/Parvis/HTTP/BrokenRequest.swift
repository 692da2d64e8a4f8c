internal import HTTPTypes
internal import Kernel
internal import NIOCore
internal import NIOHTTP1

/// What a request that cannot be read is told: the fault is the caller’s, and not worth a line in the
/// log that says otherwise.
func brokenRequest(_ error: any Error) -> Problem {
  guard let fault = error as? HTTPParserError else {
    return error is BodyTooSlow ? .bodyTooSlow : .hungUp
  }
  switch fault {
  case .headerOverflow: return .headersTooLarge
  case .invalidMethod: return .notImplemented(en: "this method", fr: "cette méthode")
  case .invalidVersion:
    return .notImplemented(en: "this version of HTTP", fr: "cette version de HTTP")
  case .invalidChunkSize:
    return .unreadableHTTP(
      en: "A chunk does not begin with its size.", fr: "Un bloc ne commence pas par sa taille.")
  case .invalidEOFState, .closedConnection: return .hungUp
  case .invalidContentLength, .unexpectedContentLength:
    return .unreadableHTTP(
      en: "It cannot be told how long the body is.",
      fr: "On ne peut pas dire la longueur du corps.")
  default:
    return .unreadableHTTP(
      en: "This is not an HTTP/1.1 request.", fr: "Ce n’est pas une requête HTTP/1.1.")
  }
}

/// Throws a `Problem` where the head of a request announces what cannot be answered. Whoever comes by the
/// owner's socket has no host to name.
func refuseUnreadable(_ request: HTTPRequest, needsHost: Bool) throws {
  let fields = request.headerFields
  if needsHost, request.authority?.isEmpty != false {
    throw Problem.unreadableHTTP(
      en: "It does not say which host it is for.", fr: "Elle ne dit pas à quel hôte elle s’adresse."
    )
  }
  if let coding = fields[.transferEncoding], coding.lowercased() != "chunked" {
    throw Problem.notImplemented(
      en: "a transfer coding but chunked", fr: "un codage de transfert autre que chunked")
  }
  if let coding = fields[.contentEncoding]?.lowercased(), coding != "identity" {
    throw Problem.wrongContentType("a compressed body", fr: "un corps compressé")
  }
}

extension Problem {
  static func unreadableHTTP(en: String, fr: String) -> Problem {
    Problem(
      "malformed", status: 400, title: Words(en: "Unreadable request", fr: "Requête illisible"),
      detail: Words(en: en, fr: fr),
      advice: Words(en: "Correct it and send it again.", fr: "Corrigez et renvoyez."))
  }

  static let hungUp = unreadableHTTP(
    en: "The request ended in the middle of its body.",
    fr: "La requête s’est arrêtée au milieu de son corps.")

  static func notImplemented(en: String, fr: String) -> Problem {
    Problem(
      "not-implemented", status: 501, title: Words(en: "Not known here", fr: "Inconnu ici"),
      detail: Words(
        en: "This server does not understand \(en).", fr: "Ce serveur ne comprend pas \(fr)."),
      advice: Words(
        en: "Send it as plain HTTP/1.1.", fr: "Envoyez-la en HTTP/1.1 ordinaire."))
  }

  static let headersTooLarge = Problem(
    "headers-too-large", status: 431,
    title: Words(en: "Headers too large", fr: "En-têtes trop volumineux"),
    detail: Words(
      en: "Address and headers are longer than 80 KiB together, or there are too many.",
      fr: "L’adresse et les en-têtes dépassent 80 Kio au total, ou sont trop nombreux."),
    advice: Words(en: "Send fewer or shorter ones.", fr: "Envoyez-en moins, ou de plus courts."))

  static let bodyTooSlow = Problem(
    "too-slow", status: 408, title: Words(en: "Too slow", fr: "Trop lent"),
    detail: Words(
      en: "The body did not come fast enough.", fr: "Le corps n’est pas arrivé assez vite."),
    advice: Words(
      en: "Nothing was done. Send it again, over a better line or in parts.",
      fr: "Rien n’a été fait. Renvoyez, par une meilleure ligne ou en plusieurs fois."))

  static func wrongContentType(_ en: String, fr: String) -> Problem {
    Problem(
      "wrong-content-type", status: 415,
      title: Words(en: "Wrong content type", fr: "Type de contenu non pris en charge"),
      detail: Words(en: "The body is announced as \(en).", fr: "Le corps est annoncé comme \(fr)."),
      advice: Words(
        en: "Send JSON in UTF-8, with the header Content-Type: application/json.",
        fr: "Envoyez du JSON en UTF-8, avec l’en-tête Content-Type: application/json."))
  }
}
