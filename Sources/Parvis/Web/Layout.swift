internal import AccountsAPI
internal import Foundation
internal import Kernel
internal import Pages

/// What stands around every page: the way past the menu, who acts, the menu, the languages, help.
struct Layout {
  let guest: Guest
  let path: String
  let query: [(name: String, value: String)]
  let menu: [Link]
  let hasAccounts: Bool
  let styleAddress: String
  /// For the pages that ask for a passkey; no other page has a script.
  var scriptAddress: String?

  private var language: Language { guest.language }
  /// Whoever comes for the first time sees where they are.
  private var isCover: Bool { path == "/" && guest.visitor == nil }
  private var french: Bool { language == .fr }
  private var name: String { guest.house?.name?.description ?? "Parvis" }
  /// The operator's logo, else the paving stones. The name beside it says what it is.
  private var brand: HTML {
    guest.house?.logo == nil
      ? pavingMark : "<img class=\"logo\" src=\"/logo\" alt=\"\"> "
  }

  func page(_ content: PageContent, _ inner: HTML, _ page: ContentRenderer, acting: Words?) -> HTML
  {
    let say = page.say
    let isWrong = page.around.typed?.problem != nil
    let title = (isWrong ? (french ? "Erreur : " : "Error: ") : "") + say(content.title)
    let over: HTML = content.over.map { "<p class=\"over\">\(say($0))</p>" } ?? .nothing
    let lead: HTML = content.lead.map { "<p class=\"lead\">\(say($0))</p>" } ?? .nothing
    let said: HTML =
      guest.said.map { "<div class=\"notice good\" role=\"status\"><strong>\($0)</strong></div>" }
      ?? .nothing
    let who: HTML =
      acting.map {
        "<p class=\"who\"><span>\(french ? "Vous agissez à ce titre\u{A0}:" : "You act as:") <strong>\(say($0))</strong></span></p>"
      }
      ?? .nothing
    return """
      <!doctype html>
      <html lang="\(language.rawValue)">
      <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
      <title>\(title) – \(name)</title>
      <link rel="stylesheet" href="\(styleAddress)">\(script)</head>
      <body\(isCover ? " class=\"welcome\"" as HTML : .nothing)>
      <a class="skip" href="#content">\(french ? "Aller au contenu" : "Skip to the content")</a>
      <header class="mast">\(isCover ? .nothing : pavingStones)<div class="in"><a class="brand" href="/">\(brand)\(name)</a>
      <div class="own">\(session) \(switchLanguage)</div></div>
      <nav aria-label="\(french ? "Menu principal" : "Main menu")"><ul>\(links(page))</ul></nav>\(who)</header>
      <main id="content" tabindex="-1">
      <div class="intro\(isCover ? " cover" : "")">\(isCover ? pavingStones : .nothing)<div class="in">\(trail(content, page))\(over)
      <h1>\(say(content.title))</h1>
      \(lead)</div></div>
      <div class="in">\(said)
      \(inner)
      </div></main>
      <footer class="foot"><ul>\(foot)</ul></footer>
      </body></html>
      """
  }

  private var script: HTML {
    scriptAddress.map { "<script src=\"\($0)\" defer></script>" } ?? .nothing
  }

  private func links(_ page: ContentRenderer) -> [HTML] {
    menu.map { link in
      let here: HTML = link.path == path ? " aria-current=\"page\"" : .nothing
      return "<li><a href=\"\(page.address(link.path))\"\(here)>\(page.say(link.words))</a></li>"
    }
  }

  private var session: HTML {
    guard hasAccounts else { return .nothing }
    guard guest.visitor != nil, let token = guest.visitor?.formToken else {
      return path == "/sign-in"
        ? .nothing : "<a href=\"/sign-in\">\(french ? "Se connecter" : "Sign in")</a>"
    }
    return """
      <a href="/account">\(french ? "Votre compte" : "Your account")</a>
      <form method="post" action="/sign-out"><input type="hidden" name="_form" value="web.sign-out"><input type="hidden" name="_token" value="\(token)"><button class="plainbutton">\(french ? "Se déconnecter" : "Sign out")</button></form>
      """
  }

  private var switchLanguage: HTML {
    let other = language.other
    let pairs = query.filter { $0.name != "lang" } + [(name: "lang", value: other.rawValue)]
    let address =
      path + "?"
      + pairs.map { "\(Target.encoded($0.name))=\(Target.encoded($0.value))" }.joined(
        separator: "&")
    return """
      <a href="\(address)" lang="\(other.rawValue)" hreflang="\(other.rawValue)">\(other == .fr ? "Français" : "English")</a>
      """
  }

  private func trail(_ content: PageContent, _ page: ContentRenderer) -> HTML {
    guard !content.trail.isEmpty else { return .nothing }
    let items: [HTML] = content.trail.map { "<li>\(page.html($0))</li>" }
    return
      "<nav class=\"trail\" aria-label=\"\(french ? "Fil d’Ariane" : "Where you are")\"><ol>\(items)</ol></nav>"
  }

  private var foot: [HTML] {
    [
      ("/accessibility", Words(en: "Accessibility", fr: "Accessibilité")),
      ("/privacy", Words(en: "Privacy", fr: "Vie privée")),
      ("/imprint", Words(en: "Imprint", fr: "Mentions légales")),
    ].map { "<li><a href=\"\($0.0)\">\($0.1[language])</a></li>" }
  }
}
