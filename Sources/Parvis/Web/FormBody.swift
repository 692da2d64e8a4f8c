internal import Foundation
internal import Hummingbird
internal import Kernel
internal import NIOCore

/// What a form posted, in either of the two ways browsers do it.
struct FormBody {
  var texts: [String: [String]] = [:]
  /// Small files by field: their bytes.
  var files: [String: Data] = [:]
  /// Files that were written to disk as they came, by field.
  var staged: [String: StagedFile] = [:]
  /// What is wrong with a file, at its field.
  var faults: [FieldProblem] = []

  init() {}

  /// Reads a form as it comes. A file goes to disk where `isKept` says so of its field and of the texts that
  /// came before it; all else is held in memory, up to `limit`. Throws a `Problem` for what is no form,
  /// or too large.
  static func read(
    _ body: RequestBody, type: String?, limit: Int, vault: FileVault?,
    isKept: (String, [String: [String]]) async throws -> Bool
  ) async throws -> FormBody {
    let kind = HeaderValue(type ?? "").first
    guard kind == "multipart/form-data" else {
      guard kind == "application/x-www-form-urlencoded" else { throw Problem.brokenForm }
      do {
        return try FormBody(Data(try await body.collect(upTo: limit).readableBytesView))
      } catch is NIOTooManyBytesError {
        throw Problem.tooLarge(limit: limit)
      }
    }
    var reading = Reading(parser: try MultipartParser(type: type ?? ""), limit: limit)
    var (received, parts) = (0, 0)
    do {
      for try await part in body {
        received += part.readableBytes
        for step in try reading.parser.take(Data(part.readableBytesView)) {
          if case .begin = step { parts += 1 }
          guard parts <= 1000 else { throw Problem.brokenForm }
          if case .begin(let part) = step, let name = part.file, !name.isEmpty, let vault,
            try await isKept(part.name, reading.form.texts)
          {
            try await reading.keep(part.name, name, in: vault)
          } else {
            try reading.take(step)
          }
        }
        // What is neither kept nor a file has its limit: heads, names, what is refused.
        if received - reading.filed > limit {
          guard reading.form.faults.isEmpty else { return reading.form }
          throw Problem.tooLarge(limit: limit)
        }
      }
      try reading.parser.finish()
      return reading.form
    } catch {
      reading.form.discard(from: vault)
      throw error
    }
  }

  /// Of fields alone. Throws a `Problem`.
  private init(_ data: Data) throws {
    guard let text = String(validating: data, as: UTF8.self) else { throw Problem.notUTF8 }
    for (name, value) in try Target("/?" + text.replacingOccurrences(of: "?", with: "%3F")).query {
      texts[name, default: []].append(value)
    }
    guard texts.count <= 1000 else { throw Problem.brokenForm }
  }

  /// Throws where a file is not as it should be.
  func requireFiles() throws(Problem) {
    guard faults.isEmpty else { throw Problem.invalidInput(faults) }
  }

  /// The request is over.
  func discard(from vault: FileVault?) {
    for staged in staged.values { vault?.discard(staged) }
  }
}

/// A form in the middle of coming in.
private struct Reading {
  var parser: MultipartParser
  let limit: Int
  var form = FormBody()
  private var part: MultipartParser.Part?
  private var held = Data()
  private var total = 0
  /// How much went into files.
  private(set) var filed = 0
  private var intake: (file: FileIntake, vault: FileVault)?

  init(parser: MultipartParser, limit: Int) {
    self.parser = parser
    self.limit = limit
  }

  mutating func keep(_ field: String, _ name: String, in vault: FileVault) async throws {
    part = .init(name: field, file: name)
    do {
      intake = (try await vault.begin(name), vault)
    } catch let problem as Problem {
      note(problem, at: field)
    }
  }

  mutating func take(_ step: MultipartParser.Step) throws {
    switch step {
    case .begin(let next):
      part = next
      held = Data()
    case .data(let data):
      if let intake {
        filed += data.count
        return try intake.file.take(data)
      }
      // What comes with a name that is refused is not worth keeping.
      if let part, form.faults.contains(where: { $0.field == part.name }) { return }
      total += data.count
      guard total <= limit else { throw Problem.tooLarge(limit: limit) }
      held += data
    case .end:
      try end()
    }
  }

  private mutating func end() throws {
    guard let part else { return }
    defer { intake = nil }
    if let intake {
      do {
        let staged = try intake.vault.stage(intake.file)
        if let other = form.staged.updateValue(staged, forKey: part.name) {
          intake.vault.discard(other)
        }
      } catch let problem as Problem { note(problem, at: part.name) }
    } else if part.file != nil {
      if !held.isEmpty { form.files[part.name] = held }
    } else {
      guard let text = String(validating: held, as: UTF8.self) else { throw Problem.notUTF8 }
      form.texts[part.name, default: []].append(text)
    }
  }

  private mutating func note(_ problem: Problem, at field: String) {
    form.faults += problem.fields.map { FieldProblem(field, en: $0.message.en, fr: $0.message.fr) }
  }
}

extension Problem {
  static let brokenForm = Problem(
    "malformed", status: 400, title: Words(en: "Unreadable form", fr: "Formulaire illisible"),
    detail: Words(
      en: "What the browser sent is not a form.",
      fr: "Ce que le navigateur a envoyé n’est pas un formulaire."),
    advice: Words(en: "Go back and send it again.", fr: "Revenez en arrière et renvoyez-le."))

  /// A form that does not come from a page of this portal, or from a session that has ended.
  static let foreignForm = Problem(
    "web/foreign-form", status: 403,
    title: Words(en: "Please send it once more", fr: "Merci de l’envoyer encore une fois"),
    detail: Words(
      en: "The form does not come from a page of your present session, so nothing was done.",
      fr: "Le formulaire ne vient pas d’une page de votre session en cours : rien n’a été fait."),
    advice: Words(
      en: "Open the page again, check what is there, and send it.",
      fr: "Rouvrez la page, vérifiez, puis envoyez."))

  static let notOffered = Problem(
    "web/not-offered", status: 409,
    title: Words(en: "This is no longer possible here", fr: "Ce n’est plus possible ici"),
    detail: Words(
      en: "It was done already, or the page has changed since you opened it.",
      fr: "C’est déjà fait, ou la page a changé depuis que vous l’avez ouverte."),
    advice: Words(en: "Below is how things stand now.", fr: "Voici l’état actuel."))
}
