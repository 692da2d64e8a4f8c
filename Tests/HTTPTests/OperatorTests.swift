import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Kernel
import KernelTesting
import Logging
import NIOCore
@testable import ParvisApp
import Testing

private let png = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 1]).base64EncodedString()

/// An instance whose operator says who they are.
private struct House {
  let test: TestPlatform
  let responder: WebResponder

  init() async throws {
    test = try await TestPlatform { [OperatorModule(host: $0)] }
    let facade = Facade(test.platform)
    responder = WebResponder(
      facade: facade, door: .owner, bodyLimit: 20_000, report: nil,
      portal: Portal(facade, origin: "http://test", bodyLimit: 20_000, report: nil),
      log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  func get(_ path: String) async throws -> (status: Int, type: String?, text: String) {
    var fields = HTTPFields()
    fields[.accept] = "text/html"
    fields[.acceptLanguage] = "fr"
    let response = await responder.respond(
      to: Hummingbird.Request(
        head: HTTPRequest(
          method: .get, scheme: "http", authority: "test", path: path, headerFields: fields),
        body: RequestBody(buffer: ByteBuffer())))
    let collector = Collector()
    try await response.body.write(collector)
    return (
      response.status.code, response.headers[.contentType],
      String(decoding: collector.box.bytes, as: UTF8.self)
    )
  }

  func change(_ input: JSON) async throws -> JSON {
    try await test.call("settings.change", as: .administrator, input)
  }
}

@Suite struct OperatorTests {
  @Test func `the operator's name, logo and colour are on every page`() async throws {
    let house = try await House()
    #expect(
      try await house.get("/imprint").text.contains("<title>Mentions légales – Parvis</title>"))
    _ = try await house.change([
      "name": "Les Passerelles", "address": "1 rue de l’Exemple\n75000 Paris",
      "colour": "#123456", "logo": .string(png),
      "imprint": ["fr": "Édité par nous.", "en": "Published by us."],
    ])
    let page = try await house.get("/imprint").text
    #expect(page.contains("<title>Mentions légales – Les Passerelles</title>"))
    #expect(page.contains("src=\"/logo\"") && page.contains("Édité par nous."))
    #expect(page.contains("1 rue de l’Exemple"))
    let style = page.components(separatedBy: "rel=\"stylesheet\" href=\"").last?.prefix {
      $0 != "\""
    }
    let sheet = try await house.get(String(style ?? ""))
    #expect(sheet.status == 200 && sheet.text.contains("--deep: #123456"))
    let logo = try await house.get("/logo")
    #expect(logo.status == 200 && logo.type == "image/png")
  }

  @Test(arguments: [
    ("#ffffff", false), ("#ffd28a", false), ("#8a8a8a", false), ("#0c3b46", true),
    ("#96304f", true), ("123456", true),
  ])
  func `a colour that nobody can read on is refused, and told by how much`(
    colour: String, isReadable: Bool
  ) async throws {
    let house = try await House()
    let problem = await house.test.problem(
      "settings.change", as: .administrator, ["colour": .string(colour)])
    #expect((problem == nil) == isReadable, "\(colour)")
    if let problem { #expect(problem.fields.first?.message.en.contains("4.5 is needed") == true) }
  }

  @Test func `a logo is a picture of a size, and may be taken away`() async throws {
    let house = try await House()
    let large = Data([0xFF, 0xD8, 0xFF] + [UInt8](repeating: 0, count: 110_000))
    for bad in [Data("<svg onload=alert(1)>".utf8), large] {
      let problem = await house.test.problem(
        "settings.change", as: .administrator, ["logo": .string(bad.base64EncodedString())])
      #expect(problem?.fields.map(\.field) == ["logo"])
    }
    _ = try await house.change(["logo": .string(png), "name": "Nous"])
    let without = try await house.change(["withoutLogo": true])
    #expect(without["logoBytes"] == nil && without["name"] == "Nous")
    #expect(try await house.get("/logo").status == 404)
  }

  @Test func `settings are the administrator's, and a stale change says so`() async throws {
    let house = try await House()
    #expect(
      await house.test.problem("settings.change", as: .manager, ["name": "X"])?.status == 403)
    _ = try await house.change(["name": "One"])
    _ = try await house.change(["name": "Two"])
    let stale = await house.test.problem(
      "settings.change", as: .administrator, ["version": 1, "name": "Three"])
    #expect(stale?.code == "stale-version")
  }

  @Test func `an address of a stylesheet that was not offered is none`() async throws {
    let house = try await House()
    let page = try await house.get("/imprint").text
    let style = page.components(separatedBy: "rel=\"stylesheet\" href=\"").last?.prefix {
      $0 != "\""
    }
    let base = String(style ?? "").dropLast(4)
    #expect(try await house.get(base + "-ffffff.css").status == 404)
    #expect(try await house.get(base + "-}body{}.css").status == 404)
  }
}
