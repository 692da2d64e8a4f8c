import Kernel
import Testing

@Suite struct Addresses {
  @Test(arguments: [
    ("a@b.fr", "a@b.fr"), ("Jeanne.D+x@Exemple.example", "jeanne.d+x@exemple.example"),
    ("o'brien@exemple.org", "o'brien@exemple.org"), ("x@a.photography", "x@a.photography"),
    ("under_score-1@sub.domain.museum", "under_score-1@sub.domain.museum"),
    ("{odd}!#$%&*/=?^`|~@exemple.org", "{odd}!#$%&*/=?^`|~@exemple.org"),
    ("  zoe@alpha.example\u{A0}", "zoe@alpha.example"),
    ("\u{200B}zoe@alpha.example", "zoe@alpha.example"),
    ("zoe\u{AD}@al\u{2060}pha.example\u{FEFF}", "zoe@alpha.example"),
    ("\u{202A}zoe@alpha.example\u{202C}", "zoe@alpha.example"),
    ("zoe@1and1.example", "zoe@1and1.example"), ("zoe@3.exemple.org", "zoe@3.exemple.org"),
  ])
  func `an address is taken as people have it, and written one way`(text: String, plain: String) {
    #expect(EmailAddress(text)?.description == plain)
  }

  @Test(arguments: [
    ("contact@société.example", "contact@xn--socit-esab.example"),
    ("contact@SOCIE\u{301}TE\u{301}.example", "contact@xn--socit-esab.example"),
    ("x@münchen.example", "x@xn--mnchen-3ya.example"), ("x@faß.example", "x@xn--fa-hia.example"),
    ("x@bücher.example", "x@xn--bcher-kva.example"), ("x@例え.テスト", "x@xn--r8jz45g.xn--zckzah"),
    ("x@ｅｘｅｍｐｌｅ。org", "x@exemple.org"),
    ("x@xn--socit-esab.example", "x@xn--socit-esab.example"),
  ])
  func `a domain with other letters is written as mail carries it`(text: String, plain: String) {
    #expect(EmailAddress(text)?.description == plain)
  }

  @Test(arguments: [
    ("", "has no @"), ("zoe.exemple.org", "has no @"), ("a@@b.fr", "more than one @"),
    ("a b@c.fr", "space"), ("@b.fr", "nothing before"), ("a@", "nothing after"),
    ("lea..d@exemple.org", "two dots"), ("lea.@exemple.org", "just before the @"),
    (".lea@exemple.org", "at the beginning"), ("hélène@exemple.org", "“é” before the @"),
    ("<a@b.fr>", "without a name"), ("\"a\"@b.fr", "without a name"), ("a;c@d.fr", "“;”"),
    ("a\"\u{301}b@x.fr", "without a name"), ("a@b", "no dot"), ("a@b..fr", "a dot too many"),
    ("a@.fr", "a dot too many"), ("a@b.fr.", "a dot too many"), ("a@-x.org", "hyphen"),
    ("a@x-.org", "hyphen"), ("a@x_y.org", "“_” after the @"), ("a@[10.0.0.1]", "“[” after"),
    ("a@10.0.0.1", "ends in a number"), ("a@exemple.2020", "ends in a number"),
    ("a@exemple.f", "ends in “.f”"), ("a@b.fr,c@d.fr", "more than one @"),
  ])
  func `an address that cannot be is refused, and why is said`(text: String, words: String) throws {
    #expect(EmailAddress(text) == nil)
    let fault = try #require(EmailAddress.fault(in: text))
    #expect(fault.en.contains(words))
    #expect(!fault.fr.isEmpty && fault.fr != fault.en)
  }

  @Test func `lengths are those of RFC 5321`() {
    let local = String(repeating: "a", count: 64)
    let label = String(repeating: "b", count: 63)
    #expect(EmailAddress("\(local)@\(label).fr") != nil)
    #expect(EmailAddress("a\(local)@\(label).fr") == nil)
    #expect(EmailAddress("a@b\(label).fr") == nil)
    #expect(EmailAddress("a@" + Array(repeating: label, count: 4).joined(separator: ".")) == nil)
  }

  @Test func `what was stored before the rules were strict is still read`() {
    #expect(EmailAddress(sqlValue: .text("a..b@x.fr"))?.description == "a..b@x.fr")
    #expect(EmailAddress(sqlValue: .text("é@x.fr")) != nil)
    #expect(EmailAddress(sqlValue: .integer(1)) == nil)
  }
}
