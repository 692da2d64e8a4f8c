import Foundation
import Kernel
import Testing

@Test func `while a server holds the directory, commands go through its socket`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  let (server, _) = try await shop.serve()
  let made = try await shop.parvis("programmes", "create", "--name", "P", "--json")
  #expect(made.status == 0, "\(made.error)")
  #expect(try await shop.parvis("programmes", "list", "--json").json.items.count == 1)
  #expect(
    try await shop.parvis("programmes", "create", "--name", "Q", "--as", "volunteer").status == 77)
  #expect(try await shop.parvis("api", "GET", "/programmes", "--json").json.items.count == 1)
  let refused = try await shop.parvis("programmes", "create", "--input", "{}", "--lang", "fr")
  #expect(refused.status == 65)
  let stopped = try await server.stop()
  #expect(stopped.status == 0, "\(stopped.error)")
  #expect(!FileManager.default.fileExists(atPath: shop.data + "/parvis.sock"))
  #expect(try await shop.parvis("programmes", "list", "--json").json.items.count == 1)
}

@Test func `the socket is its owner’s alone`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  let (server, _) = try await shop.serve()
  let mode =
    try FileManager.default.attributesOfItem(atPath: shop.data + "/parvis.sock")[
      .posixPermissions] as? Int
  #expect(mode == 0o600)
  _ = try await server.stop()
}

@Test func `a second server on one directory refuses and says who holds it`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  let (server, address) = try await shop.serve()
  let second = try await shop.parvis("serve", "--port", "0")
  #expect(second.status == 75)
  #expect(second.error.contains(String(server.process.processIdentifier)))
  #expect(second.error.contains(address))
  _ = try await server.stop()
}

@Test func `a server that was killed leaves nothing in the way`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  let (server, _) = try await shop.serve()
  try await shop.parvis("programmes", "create", "--name", "P")
  _ = try await server.stop(SIGKILL)
  // What it had half done goes as well.
  let half = shop.data + "/backups/parvis-2020-03-01T02-00-00.000Z.backup.part"
  try Data("half".utf8).write(to: URL(fileURLWithPath: half))
  #expect(try await shop.parvis("programmes", "list", "--json").json.items.count == 1)
  #expect(!FileManager.default.fileExists(atPath: half))
  let (again, _) = try await shop.serve()
  #expect(try await shop.parvis("programmes", "list", "--json").json.items.count == 1)
  #expect(try await again.stop(SIGINT).status == 0)
}

@Test func `a port that is taken is said`() async throws {
  let shop = try Workshop()
  let other = try Workshop()
  try await shop.parvis("init")
  try await other.parvis("init")
  let (server, address) = try await shop.serve()
  let port = address.split(separator: ":").last.map(String.init) ?? ""
  let refused = try await other.parvis("serve", "--port", port)
  #expect(refused.status == 69)
  #expect(refused.error.contains("--port"))
  #expect(refused.error.hasPrefix("parvis: Cannot listen"), "nothing comes before what we say")
  _ = try await server.stop()
}

@Test func `over the network a token says who one is`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  let made = try await shop.parvis(
    "token", "create", "--role", "manager", "--label", "far", "--json")
  let token = made.json["token"]?.text ?? ""
  let (server, address) = try await shop.serve()
  let created = try await shop.parvis(
    "programmes", "create", "--name", "Far", "--url", address, "--token", token, "--json")
  #expect(created.json["name"] == "Far", "\(created.error)")
  let list = try await shop.parvis(
    "programmes", "list", "--json", environment: ["PARVIS_URL": address, "PARVIS_TOKEN": token])
  #expect(list.json.items.count == 1)
  #expect(
    try await shop.parvis("token", "list", "--url", address, "--token", token).status == 77)
  #expect(try await shop.parvis("token", "list", "--url", address, "--token", "no").status == 77)
  let both = try await shop.parvis(
    "token", "list", "--url", address, "--token", token, "--as", "administrator")
  #expect(both.status == 64)
  _ = try await server.stop()
}

@Test func `a request that was begun is answered before the server ends`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  let made = try await shop.parvis(
    "token", "create", "--role", "manager", "--label", "slow", "--json")
  let (server, address) = try await shop.serve()
  let port = UInt16(address.split(separator: ":").last ?? "") ?? 0
  let socket = try Line(port: port)
  let body = #"{"name": "Begun"}"#
  socket.send(
    "POST /v1/programmes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
      + "Authorization: Bearer \(made.json["token"]?.text ?? "")\r\n"
      + "Content-Length: \(body.utf8.count)\r\n\r\n" + body.prefix(8))
  try await Task.sleep(for: .milliseconds(200))
  kill(server.process.processIdentifier, SIGTERM)
  try await Task.sleep(for: .milliseconds(200))
  socket.send(String(body.dropFirst(8)))
  #expect(socket.receive().hasPrefix("HTTP/1.1 200"))
  #expect(try await server.outcome().status == 0)
  #expect(try await shop.parvis("programmes", "list").output.contains("Begun"))
}

/// A bare connection, for requests no client would send.
private final class Line {
  private let file: Int32

  init(port: UInt16) throws {
    file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    var patience = timeval(tv_sec: 15, tv_usec: 0)
    setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    guard status == 0 else { throw StorageError.unavailable("socket") }
  }

  deinit { close(file) }

  func send(_ text: String) {
    let bytes = [UInt8](text.utf8)
    _ = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
  }

  func receive() -> String {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = buffer.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }
}

@Test func `a server whose log cannot be written goes on, and ends as asked`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  let server = try shop.start(
    ["serve", "--port", "0"], before: ["/bin/sh", "-c", #"exec "$@" 2>/dev/full"#, "sh"])
  while server.process.isRunning,
    !FileManager.default.fileExists(atPath: shop.data + "/parvis.sock")
  {
    try await Task.sleep(for: .milliseconds(20))
  }
  for name in ["P", "Q"] {
    let made = try await shop.parvis("programmes", "create", "--name", name)
    #expect(made.status == 0, "\(made.error)")
  }
  // It is the server that answered.
  #expect(server.process.isRunning)
  #expect(try await server.stop().status == 0)
}

@Test func `an answer that cannot be written is said, in either language`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  let full = ["/bin/sh", "-c", #"exec "$@" >/dev/full"#, "sh"]
  for (language, words) in [("en", "could not be written"), ("fr", "n’a pas pu être écrite")] {
    let told = try await shop.parvis("programmes", "list", "--lang", language, before: full)
    #expect(told.status == 74)
    #expect(told.error.contains(words), "\(told.error)")
  }
  let piped = try await shop.parvis(
    "programmes", "list", "--json", before: ["/bin/sh", "-c", #""$@" | true"#, "sh"])
  #expect(piped.error.isEmpty, "\(piped.error)")
}
