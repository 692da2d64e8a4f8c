internal import AccountsAPI
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Kernel
internal import NIOCore
internal import Pages

/// The third face: pages for people, next to the use cases for programs.
struct Portal: Sendable {
  let facade: Facade
  let accounts: (any AccountsAPI)?
  /// The portal's address as people write it, from the settings; never from a request.
  let origin: @Sendable () -> String
  let bodyLimit: Int
  let pages: [Spot]
  /// Who runs this instance; nil where that module is not composed.
  let house: OperatorModule?
  let submissions = Submissions()

  /// What answers at a path.
  enum Answerer: Sendable {
    case own(OwnPage)
    case page(PortalPage)
    case file(PortalFile)
  }
  struct Spot: Sendable {
    let parts: [String]
    let answerer: Answerer

    init(_ path: String, _ answerer: Answerer) {
      parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(
        String.init)
      self.answerer = answerer
    }
    /// The fields of a path that this answers; nil for others.
    func fields(of path: [String]) -> [String: String]? {
      guard path.count == parts.count else { return nil }
      var fields: [String: String] = [:]
      for (part, given) in zip(parts, path) {
        if part.hasPrefix("{") {
          guard !given.isEmpty else { return nil }
          fields[String(part.dropFirst().dropLast())] = given
        } else if part != given {
          return nil
        }
      }
      return fields
    }
    var braces: Int { parts.filter { $0.hasPrefix("{") }.count }
  }

  /// `accounts` is for tests; else the module that answers for it, where one is composed.
  init(
    _ facade: Facade, origin: @escaping @autoclosure @Sendable () -> String, bodyLimit: Int,
    report: PublishedReport?,
    accounts other: (any AccountsAPI)? = nil
  ) {
    let platform = facade.platform
    self.facade = facade
    self.origin = origin
    self.bodyLimit = bodyLimit
    let accounts = other ?? platform.modules.lazy.compactMap { $0 as? any AccountsAPI }.first
    self.accounts = accounts
    let house = platform.modules.lazy.compactMap { $0 as? OperatorModule }.first
    self.house = house
    var own = HomePages(
      platform: platform, hasAccounts: accounts != nil, house: house,
      hasReport: { report?.file(at: []) != nil }
    ).pages
    if let accounts {
      own += SignInPages(accounts: accounts, clock: platform.clock).pages
      own += AccountPages(accounts: accounts, clock: platform.clock).pages
    }
    let spots =
      own.map { Spot($0.path, .own($0)) } + platform.pages.map { Spot($0.path, .page($0)) }
      + platform.files.map { Spot($0.path, .file($0)) }
    // Words before braces: `/sign-in/code` is not a link's secret.
    pages = spots.enumerated().sorted {
      ($0.element.braces, $0.offset) < ($1.element.braces, $1.offset)
    }
    .map(\.element)
  }

  var platform: Platform { facade.platform }

  private static let styleName = "/portal-\(fingerprint(portalStyle))"
  /// Where the stylesheet is, with the operator’s colour in it.
  static func styleAddress(_ colour: BrandColour?) -> String {
    styleName + (colour.map { "-" + $0.digits } ?? "") + ".css"
  }
  /// The stylesheet of an address; nil for another one.
  static func style(at path: String) -> String? {
    if path == styleAddress(nil) { return portalStyle }
    guard path.hasPrefix(styleName + "-"), path.hasSuffix(".css"),
      let colour = BrandColour(String(path.dropFirst(styleName.count + 1).dropLast(4))),
      colour.isReadable, path == styleAddress(colour)
    else { return nil }
    return portalStyle
      + "\n@media not all and (prefers-color-scheme: dark) { :root { --deep: \(colour.description); } }\n"
  }
  static let scriptAddress = "/passkey-\(fingerprint(passkeyScript)).js"

  /// A new text has a new address: browsers keep the old one for a year.
  private static func fingerprint(_ text: String) -> String {
    let hash = text.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return String(hash, radix: 36)
  }

  private func kept(_ text: String, _ type: String) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: type, .cacheControl: "public, max-age=31536000, immutable",
        .xContentTypeOptions: "nosniff",
      ], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  /// Answers what is a page's; nil for anything else, which then is answered as for programs.
  func response(
    to request: Hummingbird.Request, _ target: Target, from network: String, language: Language,
    id: String, route: inout String
  ) async throws -> Response? {
    let path = "/" + target.parts.joined(separator: "/")
    if let style = Self.style(at: path) {
      route = "/portal.css"
      return kept(style, "text/css; charset=utf-8")
    }
    if path == Self.scriptAddress {
      route = "/passkey.js"
      return kept(passkeyScript, "text/javascript; charset=utf-8")
    }
    guard !["v1", "health", "report", "openapi.json", "calendar"].contains(target.parts.first)
    else {
      return nil
    }
    let wantsHTML = request.headers[.accept]?.contains("text/html") ?? false
    let found = pages.lazy.compactMap { spot in spot.fields(of: target.parts).map { (spot, $0) } }
      .first
    guard found != nil || wantsHTML || target.parts.first == "a" else { return nil }
    route = found.map { "/" + $0.0.parts.joined(separator: "/") } ?? "/…"
    var guest = Guest(
      language: language,
      visit: Visit(
        origin: origin(), network: network, device: request.headers[.userAgent], language: language,
        request: id), request: id)
    var visit = PageVisit(portal: self, guest: guest, target: target, path: path, cookies: [])
    do {
      try await visit.recognise(request)
      visit.guest.house = try await house?.settings()
      guest = visit.guest
      if target.parts.count == 2, target.parts[0] == "a", let accounts {
        return visit.opened(try await accounts.openAction(target.parts[1]), target.parts[1])
      }
      guard let (spot, fields) = found else { throw Problem.noSuchEndpoint(path) }
      switch request.method {
      case .get, .head: return try await visit.shown(spot.answerer, fields)
      case .post: return try await visit.posted(spot.answerer, fields, request)
      default: throw Problem.methodNotAllowed(["GET", "POST"])
      }
    } catch let error as any UserFacing {
      return visit.refused(error.problem)
    }
  }

  /// What nobody foresaw, as a page; nil for programs.
  func response(
    to request: Hummingbird.Request, about problem: Problem, language: Language, id: String
  ) -> Response? {
    guard request.headers[.accept]?.contains("text/html") ?? false,
      let target = try? Target(request.head.path ?? "/"), target.parts.first != "v1"
    else { return nil }
    let kept = Cookie.read(request.headers[values: .cookie])[Cookie.languageName]
    let visit = Visit(
      origin: origin(), network: "-", device: nil, language: language, request: id)
    let guest = Guest(
      language: kept.flatMap(Language.init(rawValue:)) ?? language, visit: visit, request: id)
    return PageVisit(
      portal: self, guest: guest, target: target, path: "/" + target.parts.joined(separator: "/"),
      cookies: []
    ).refused(problem)
  }
}
