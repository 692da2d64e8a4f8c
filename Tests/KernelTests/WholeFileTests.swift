import Foundation
import Kernel
import Testing

/// A folder of its own for each test.
private final class Folder {
  let path = NSTemporaryDirectory() + "/parvis-files-\(UInt64.random(in: 0 ... .max))"
  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  func kind(_ name: String) -> mode_t {
    var status = stat()
    return lstat(path + "/" + name, &status) == 0 ? status.st_mode & S_IFMT : 0
  }
  func text(_ name: String) -> String? {
    try? String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}

@Test func `a regular file is replaced whole, and nothing is left beside it`() throws {
  let folder = try Folder()
  try WholeFile.write("first".utf8, to: folder.path + "/a")
  try WholeFile.write("second".utf8, to: folder.path + "/a", syncing: true)
  #expect(folder.text("a") == "second")
  #expect(folder.names == ["a"])
}

@Test func `a link stays a link, and what it leads to is written`() throws {
  let folder = try Folder()
  try WholeFile.write("old".utf8, to: folder.path + "/kept")
  symlink("kept", folder.path + "/link")
  try WholeFile.write("new".utf8, to: folder.path + "/link")
  #expect(folder.kind("link") == S_IFLNK)
  #expect(folder.text("kept") == "new")
}

@Test func `a pipe stays a pipe, and its reader gets the bytes`() throws {
  let folder = try Folder()
  let pipe = folder.path + "/pipe"
  #expect(mkfifo(pipe, 0o600) == 0)
  let reader = open(pipe, O_RDONLY | O_NONBLOCK)
  defer { close(reader) }
  try WholeFile.write("through".utf8, to: pipe, syncing: true)
  var bytes = [UInt8](repeating: 0, count: 16)
  let count = read(reader, &bytes, bytes.count)
  #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self) == "through")
  #expect(folder.kind("pipe") == S_IFIFO)
}

@Test func `a device stays a device`() throws {
  let folder = try Folder()
  let device = folder.path + "/device"
  // Only root may make one; the one everybody has is tried in any case.
  if mknod(device, S_IFCHR | 0o666, 1 << 8 | 3) == 0 {
    try WholeFile.write("x".utf8, to: device, syncing: true)
    try WholeFile.touch(device)
    #expect(folder.kind("device") == S_IFCHR)
  }
  try WholeFile.write("x".utf8, to: "/dev/null", syncing: true)
  var status = stat()
  #expect(lstat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
}

@Test func `a folder is refused, and a failed write leaves nothing beside`() throws {
  let folder = try Folder()
  mkdir(folder.path + "/folder", 0o755)
  #expect(throws: WholeFile.Failure.self) {
    try WholeFile.write("x".utf8, to: folder.path + "/folder")
  }
  #expect(throws: WholeFile.Failure.self) {
    try WholeFile.write("x".utf8, to: folder.path + "/none/a")
  }
  #expect(folder.names == ["folder"])
}
