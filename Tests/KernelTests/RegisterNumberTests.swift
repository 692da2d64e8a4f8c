import Kernel
import Testing

@Suite struct RegisterNumbers {
  @Test(arguments: [
    "356000000", "356 000 000", "356.000.000", "356-000-000", "356\u{202F}000\u{A0}000",
    "SIREN 356 000 000", "siren : 356000000", "N° 356000000", "35600000000048",
    "356 000 000 00048", "SIRET : 356 000 000 000 48", "FR39356000000", "fr 39 356 000 000",
    "TVA FR39356000000", "\u{200B}356000000",
  ])
  func `a SIREN is taken as people write it, and kept plain`(text: String) {
    #expect(Siren(text)?.description == "356000000")
    #expect(Siren.fault(in: text) == nil)
  }

  @Test(arguments: [
    ("35600000", "8 digits"), ("3560000000", "10 digits"), ("356000001", "digit that is wrong"),
    ("3560O0000", "“O”"), ("73282932000075", "digit that is wrong"), ("FR00356000000", "VAT"),
    ("W922000003", "“W”"), ("٣٥٦٠٠٠٠٠٠", "“٣”"),
  ])
  func `what is no SIREN is refused, and why is said`(text: String, words: String) throws {
    #expect(Siren(text) == nil)
    #expect(try #require(Siren.fault(in: text)).en.contains(words))
  }

  @Test func `a SIRET tells the establishment, La Poste's by their digit sum too`() throws {
    let siret = try #require(Siret("732 829 320 00074"))
    #expect(siret.description == "73282932000074")
    #expect(siret.siren == Siren("732829320"))
    #expect(siret.nic == "00074")
    #expect(Siret(siret.siren, nic: "00074") == siret)
    #expect(Siret("35600000049837") != nil)
    #expect(Siret("35600000049838") == nil)
    #expect(Siret("732829320") == nil)
    #expect(Siret.fault(in: "732829320")?.en.contains("whole unit") == true)
  }

  @Test(arguments: [
    ("W922000003", "W922000003"), ("W 922 000 003", "W922000003"), ("W92-2000004", "W922000004"),
    ("w922.000.003", "W922000003"), ("w9220000ab", "W9220000AB"), ("RNA W922000003", "W922000003"),
  ])
  func `an RNA number is taken as people write it, and kept plain`(text: String, plain: String) {
    #expect(RNA(text)?.description == plain)
  }

  @Test(arguments: ["", "922000003", "W92200000", "W9220000033", "W92200000é"])
  func `what is no RNA number is refused`(text: String) {
    #expect(RNA(text) == nil)
    #expect(RNA.fault(in: text) != nil)
  }
}
