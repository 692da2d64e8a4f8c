import Foundation
import Testing

/// A socket to a port of this machine, and the address.
private func socketTo(_ port: UInt16) -> (line: Int32, address: sockaddr_in) {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = inet_addr("127.0.0.1")
  return (socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0), address)
}

private func with<Result>(
  _ address: sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
) -> Result {
  withUnsafePointer(to: address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
}

/// A port nobody has at the moment.
private func freePort() -> UInt16 {
  let (line, address) = socketTo(0)
  defer { close(line) }
  _ = with(address) { bind(line, $0, $1) }
  var bound = sockaddr_in()
  var size = socklen_t(MemoryLayout<sockaddr_in>.size)
  withUnsafeMutablePointer(to: &bound) { pointer in
    _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(line, $0, &size) }
  }
  return UInt16(bigEndian: bound.sin_port)
}

/// Asks until the server has answered five times; says how many were accepted and not answered.
private func askWhileStarting(_ port: UInt16) -> (answered: Int, left: Int) {
  let question = Array("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".utf8)
  var (answered, left) = (0, 0)
  let end = Date(timeIntervalSinceNow: 20)
  while answered < 5, left == 0, Date() < end {
    let (line, address) = socketTo(port)
    defer { close(line) }
    guard with(address, { connect(line, $0, $1) }) == 0 else {
      usleep(200)
      continue
    }
    _ = send(line, question, question.count, Int32(MSG_NOSIGNAL))
    var wait = pollfd(fd: line, events: Int16(POLLIN), revents: 0)
    var byte: UInt8 = 0
    if poll(&wait, 1, 4000) > 0, recv(line, &byte, 1, 0) == 1 {
      answered += 1
    } else {
      left += 1
    }
  }
  return (answered, left)
}

@Test func `whoever connects while a server starts is refused or answered, never left waiting`()
  async throws
{
  let shop = try Workshop()
  try await shop.parvis("init")
  for _ in 0..<4 {
    let port = freePort()
    let server = try shop.start(["serve", "--port", String(port)])
    let (answered, left) = await withCheckedContinuation {
      (found: CheckedContinuation<(Int, Int), Never>) in
      Thread.detachNewThread { found.resume(returning: askWhileStarting(port)) }
    }
    #expect(left == 0)
    #expect(answered == 5)
    _ = try await server.stop()
  }
}
