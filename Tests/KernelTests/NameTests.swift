import Kernel
import Testing

@Suite struct Names {
  @Test(arguments: [
    ("Zo\u{200B}é", "Zoé"), ("\u{FEFF}Zoé\u{200E}", "Zoé"), ("Jean\u{AD}Paul", "JeanPaul"),
    ("Zo\u{202A}é\u{202C}", "Zoé"), ("Zoe\u{301}", "Zoé"), ("Zo\u{200D}é", "Zoé"),
    ("Zoé\u{E0041}", "Zoé"),
  ])
  func `what nobody sees is no part of a name`(text: String, plain: String) {
    #expect(Name(text)?.description.unicodeScalars.elementsEqual(plain.unicodeScalars) == true)
  }

  @Test func `a name of nothing that can be seen is none`() {
    #expect(Name("\u{200B}\u{3164} \u{2800}") == nil)
  }

  @Test func `joiners stay where a script or a picture needs them`() {
    #expect(Name("می\u{200C}خواهم")?.description == "می\u{200C}خواهم")
    #expect(Name("👩\u{200D}🌾")?.description.unicodeScalars.count == 3)
  }

  @Test(arguments: [
    ("Mécénat – prestation", "MECENAT (PRESTATION)"), ("Œuvre", "oeuvre"), ("L’Été", "l'ete"),
    ("Straße", "STRASSE"), ("Łódź", "lodz"), ("ＰＡＲＶＩＳ", "parvis"),
    ("me\u{301}ce\u{301}nat", "mécénat"),
    ("a\u{A0}b", "a b"), ("Zo\u{200B}é", "zoe"),
  ])
  func `texts that people read as one are folded to one`(left: String, right: String) {
    #expect(Folded(left) == Folded(right))
  }

  @Test(arguments: [
    ("Exemple Énergie", "Exemple Energie"), ("Exemple-Énergie S.A.S.", "EXEMPLE ENERGIE"),
    ("École d’Exemple", "Ecole d'exemple"), ("Association Les Amis", "Les amis"),
    ("Asso. Saint-Denis", "SAINT DENIS"), ("Dupont & Fils", "Dupont et fils SARL"),
    ("SNC-Exemple", "Exemple"),
  ])
  func `an organisation is one however its name is written`(left: String, right: String) throws {
    let (left, right) = (try #require(Name(left)), try #require(Name(right)))
    #expect(Folded.organisation(left) == Folded.organisation(right))
  }

  @Test(arguments: [("Exemple Paris", "Exemple Lyon"), ("SA", "SAS"), ("Amis", "Les Amis")])
  func `organisations of other names are others`(left: String, right: String) throws {
    let (left, right) = (try #require(Name(left)), try #require(Name(right)))
    #expect(Folded.organisation(left) != Folded.organisation(right))
  }

  @Test(arguments: [
    ("Jeanne Fictif", "FICTIF Jeanne"), ("Mme Jeanne Fictif", "Jeanne Fictif"),
    ("Jean-Noël O’Fictif", "jean noel o fictif"),
  ])
  func `a person is one however their name is written`(left: String, right: String) throws {
    let (left, right) = (try #require(Name(left)), try #require(Name(right)))
    #expect(Folded.person(left) == Folded.person(right))
    #expect(Folded.person(left) != Folded.person(try #require(Name("Jeanne Autre"))))
  }

  @Test func `order is alphabetical as people expect`() {
    let right = [
      "2 rives", "10 rives", "Avenir", "école", "Élan", "Jean Paul", "Jean-Pierre", "œuvre",
      "Zèbre",
    ]
    #expect(right.reversed().alphabetical { [$0] } == right)
    #expect(
      ["côté", "cote", "coté", "Cote"].alphabetical { [$0] } == ["Cote", "cote", "coté", "côté"])
    #expect([("b", 1), ("a", 2), ("a", 1)].alphabetical { [$0.0] }.map(\.1) == [2, 1, 1])
  }
}
