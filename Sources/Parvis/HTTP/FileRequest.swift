internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Kernel
internal import NIOCore

/// A request of a program that brings a file: its bytes alone, named by `Content-Disposition`, or with other
/// fields as a form. What comes is written to disk as it comes; the use case finds a ticket in its field.
struct FileRequest {
  let vault: FileVault
  /// The field of the input that takes the file.
  let field: String
  /// How large what is no file may be.
  let bodyLimit: Int

  /// Whether a body of this type is for it, and not JSON.
  static func takes(_ type: String?) -> Bool {
    guard let type = type?.lowercased() else { return false }
    return !type.hasPrefix("application/json")
  }

  /// The input as JSON, and what waits to be kept. Throws a `Problem`.
  func input(
    from request: Hummingbird.Request
  ) async throws -> (body: [String: JSON], staged: [StagedFile]) {
    let type = request.headers[.contentType] ?? ""
    if type.lowercased().hasPrefix("multipart/form-data") {
      let form = try await FormBody.read(
        request.body, type: type, limit: bodyLimit, vault: vault
      ) { name, _ in name == field }
      if let fault = form.faults.first {
        form.discard(from: vault)
        throw Problem.invalidInput([fault])
      }
      var members: [String: JSON] = [:]
      for (name, texts) in form.texts {
        members[name] =
          texts.count == 1 ? .string(texts[0]) : .array(texts.map(JSON.string))
      }
      for (name, staged) in form.staged { members[name] = .string(staged.upload.description) }
      return (members, Array(form.staged.values))
    }
    let said = HeaderValue(request.headers[.contentDisposition] ?? "").parameters
    let name = said["filename*"].flatMap(Self.decoded) ?? said["filename"]
    guard let name else {
      throw Problem.invalid(
        field, en: "has no name: send Content-Disposition: attachment; filename=\"…\"",
        fr: "n’a pas de nom : envoyez Content-Disposition: attachment; filename=\"…\"")
    }
    let intake = try await vault.begin(name)
    var taken = 0
    do {
      for try await part in request.body {
        taken += part.readableBytes
        try intake.take(Data(part.readableBytesView))
      }
    } catch let problem as any UserFacing {
      throw problem
    } catch {
      throw brokenRequest(error)
    }
    // A connection that ends looks to the reader like a body that does.
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length != taken {
      throw Problem.hungUp
    }
    let staged = try vault.stage(intake)
    return ([field: .string(staged.upload.description)], [staged])
  }

  /// `UTF-8''plan%20d%C3%A9taill%C3%A9.pdf` (RFC 8187).
  private static func decoded(_ text: String) -> String? {
    let parts = text.components(separatedBy: "''")
    guard parts.count == 2, parts[0].lowercased() == "utf-8" else { return nil }
    return parts[1].removingPercentEncoding
  }
}

extension FileVault {
  /// Kept contents as an answer: to be saved under their name, never shown as a page of ours, whatever
  /// somebody put into them.
  func response(
    sending file: SentFile
  ) throws -> Response {
    let handle = try open(file)
    var headers = Portal.securityHeaders
    headers[.contentSecurityPolicy] = "default-src 'none'; sandbox"
    headers[.contentType] = file.type.mediaType
    headers[.contentDisposition] = contentDisposition(file.name.description)
    headers[.contentLength] = String(file.bytes)
    let body = ResponseBody(contentLength: file.bytes) { writer in
      while let part = try handle.read(upToCount: 1 << 16), !part.isEmpty {
        try await writer.write(ByteBuffer(bytes: part))
      }
      try await writer.finish(nil)
    }
    return Response(status: .ok, headers: headers, body: body)
  }
}

/// How a file is saved: its name in ASCII for old programs, and as it is (RFC 6266).
func contentDisposition(_ name: String) -> String {
  let plain = String(
    name.unicodeScalars.map { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || "0123456789.-_ ".unicodeScalars.contains(scalar))
        ? Character(scalar) : "_"
    })
  return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(Target.encoded(name))"
}
