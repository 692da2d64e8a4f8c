internal import AccountsAPI
internal import Kernel
internal import Pages

/// Whoever opened a page, as far as it is known.
struct Guest: Sendable {
  var language: Language
  var visit: Visit
  var visitor: Visitor?
  /// The session's cookie.
  var session: Secret?
  /// What ties a sign-in letter to the browser that asked for it.
  var browser: Secret?
  /// What ties a question to passkeys to the browser it was put to.
  var passkey: Secret?
  /// A letter's link, while it is good.
  var action: ActionVisit?
  /// The hat the address asks for (`?as=`).
  var asked: Grant?
  var request: String
  /// The form of the web face whose post was refused just now: its page keeps offering it.
  var failed: String?
  /// Who runs this instance, as the operator said.
  var house: OperatorRow?
  /// What the session's owner is told once: the last form's success.
  var said: String?

  /// The token that forms must carry.
  func formToken(on path: String) -> String? {
    if let action, action.page == path { return action.formToken }
    return visitor?.formToken
  }

  /// Who acts on a page with these callers: under the hat the address names, the one worn, or the only
  /// one that will do. Throws `Problem.whichGrant`.
  func actor(for callers: Set<Role>, on path: String, byLetter: Bool) throws(Problem) -> Actor {
    if let asked,
      let hat = visitor?.hats.first(where: { $0.grant.description == asked.description }
      )
    {
      return visitor?.acting(as: hat) ?? .anyone
    }
    if byLetter, let action, action.page == path { return action.actor }
    guard let visitor, visitor.hat != nil else { return .anyone }
    return try visitor.actor.implied(for: callers)
  }

  /// The hat somebody acts under, in words.
  func label(of actor: Actor) -> Words? {
    if let action, action.actor == actor { return action.hat.label }
    return visitor?.hats.first { $0.grant == actor.grant }?.label
  }
}

/// A cookie that only this site's server reads.
struct Cookie: Sendable {
  let name: String
  let value: String
  /// In seconds; 0 ends it.
  let age: Int

  static let sessionName = "__Host-parvis"
  static let browserName = "__Host-parvis-browser"
  static let passkeyName = "__Host-parvis-passkey"
  static let languageName = "__Host-parvis-language"
  static let saidName = "__Host-parvis-said"
  static let actionName = "__Host-parvis-letter"

  var header: String {
    "\(name)=\(value); Path=/; Max-Age=\(age); Secure; HttpOnly; SameSite=Lax"
  }

  static func session(_ entry: Entry, at now: Instant) -> Cookie {
    Cookie(
      name: sessionName, value: entry.session.text,
      age: Int(max(0, (entry.expires.milliseconds - now.milliseconds) / 1000)))
  }
  static func browser(_ secret: Secret) -> Cookie {
    Cookie(name: browserName, value: secret.text, age: 600)
  }
  static func passkey(_ secret: Secret) -> Cookie {
    Cookie(name: passkeyName, value: secret.text, age: 300)
  }
  static func ended(_ name: String) -> Cookie { Cookie(name: name, value: "", age: 0) }

  /// The cookies a browser sent.
  static func read(_ headers: [String]) -> [String: String] {
    var found: [String: String] = [:]
    for header in headers {
      for pair in header.split(separator: ";") {
        let sides = pair.split(separator: "=", maxSplits: 1)
        guard sides.count == 2 else { continue }
        found[String(sides[0].drop { $0 == " " })] = String(sides[1])
      }
    }
    return found
  }
}
