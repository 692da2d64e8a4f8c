import Foundation
import Testing

@Test func `every Swift block of the module guide is code that is compiled here`() throws {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  let guide = try String(
    contentsOf: root.appending(path: "docs/module-guide.md"), encoding: .utf8)
  let blocks = guide.components(separatedBy: "```swift\n").dropFirst().map {
    $0.components(separatedBy: "\n```")[0]
  }
  #expect(blocks.count > 8)
  for block in blocks {
    let lines = block.split(separator: "\n", omittingEmptySubsequences: false)
    // The first line says where it is in a module: `// Modules/Training/Sources/Courses.swift`.
    let heading = try #require(lines.first)
    try #require(heading.hasPrefix("// Modules/Training/"), "\(heading) names no file")
    let name = heading.split(separator: "/").last.map(String.init) ?? ""
    let code = lines.dropFirst().joined(separator: "\n")
    let file = try String(
      contentsOf: root.appending(path: "Tests/GuideTests/Training/\(name)"), encoding: .utf8)
    #expect(file.contains(code), "the guide and \(name) differ: \(lines[1])")
  }
}
