internal import Foundation
internal import Kernel
internal import ReportingAPI
internal import Testing

@testable internal import ParvisApp

@Suite struct DataTests {
  @Test func `the table has a line for each figure and each group, in plain values`() throws {
    let csv = try CSV(parsing: Array((Sample.files()["report.csv"] ?? "").utf8))
    #expect(csv.header == ["figure", "title", "group", "value", "unit"])
    #expect(
      csv.lines.map(\.cells).contains([
        "missions.hours-by-regime", "Heures", "Mécénat", "2100", "hours",
      ]))
    let groups = try Sample.report().figures.map(\.groups.count).reduce(0, +)
    #expect(csv.lines.count == groups + 5)
  }

  @Test func `a spreadsheet takes nothing in the table for a formula`() throws {
    let source = try #require(try Sample.files()["report.csv"])
    #expect(!source.contains(";=") && !source.contains(",=") && !source.contains("\"="))
  }

  @Test func `a spreadsheet of each language opens the table by a double click`() throws {
    let french = try #require(try Sample.files()["report.csv"])
    let english = try #require(try Sample.files()["report.en.csv"])
    #expect(french.hasPrefix("\u{FEFF}figure;title;group;value;unit\r\n"))
    #expect(english.hasPrefix("\u{FEFF}figure,title,group,value,unit\r\n"))
    #expect(french.contains(";4,33;score") && english.contains(",4.33,score"))
  }

  @Test func `the document for programs has every row`() throws {
    let text = try #require(try Sample.files()["report.json"])
    let json = try JSON(parsing: text)
    #expect(json["figures"]?.items.count == 5)
    #expect(json["figures"]?.items.first?["rows"]?.items.count == 3)
    #expect(text.hasSuffix("}\n"))
  }

  @Test func `signs of Markdown in a name stay letters`() throws {
    let markdown = try #require(try Sample.files()["report.md"])
    #expect(markdown.hasPrefix("# \\<script\\>"))
    #expect(markdown.contains("\\| \\*x\\*"))
    #expect(markdown.contains("| Mécénat | 2\u{202F}100\u{A0}h | 3 |"))
  }

  @Test func `French and English each have their own files`() throws {
    let paths = try ReportFiles.all(of: Sample.report()).map(\.path)
    for path in [
      "index.html", "en.html", "report.md", "report.en.md", "report.csv", "report.en.csv",
      "report.json", "figures/missions-satisfaction.html", "figures/missions-satisfaction.en.html",
    ] { #expect(paths.contains(path)) }
    #expect(paths == paths.sorted())
  }
}

@Suite struct WriterTests {
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "parvis-report-\(UUID().uuidString)", directoryHint: .isDirectory)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test func `a report is written whole, and again over itself`() throws {
    try withFolder { folder in
      let writer = ReportWriter(folder: folder.path)
      let paths = try writer.write(Sample.report())
      #expect(try writer.write(Sample.report()) == paths)
      for path in paths {
        #expect(FileManager.default.fileExists(atPath: folder.appending(path: path).path))
      }
    }
  }

  @Test func `the page of a figure that is gone goes too, and nothing else`() throws {
    try withFolder { folder in
      let writer = ReportWriter(folder: folder.path)
      try writer.write(Sample.report())
      let old = folder.appending(path: "figures/old-figure.html")
      let note = folder.appending(path: "figures/note.txt")
      try Data("x".utf8).write(to: old)
      try Data("x".utf8).write(to: note)
      try writer.write(Sample.report())
      #expect(!FileManager.default.fileExists(atPath: old.path))
      #expect(FileManager.default.fileExists(atPath: note.path))
    }
  }

  @Test func `a folder that cannot be written is a problem with its name`() throws {
    try withFolder { folder in
      try Data("in the way".utf8).write(
        to: folder.deletingLastPathComponent().appending(path: folder.lastPathComponent))
      let problem = #expect(throws: Problem.self) {
        try ReportWriter(folder: folder.path).write(Sample.report())
      }
      #expect(problem?.code == "report/not-written")
      #expect(problem?.detail.en.contains(folder.lastPathComponent) == true)
    }
  }

  @Test func `no file of the report holds rows that are hidden`() throws {
    let sample = try Sample.report()
    let hidden = ReportFigure(
      id: "partners.by-regime", title: Words("People"), grouping: Words("regime"), value: 28,
      groups: [ReportGroup(name: Words("patronage"), value: 20, rows: 20)],
      rows: [FigureRow("Ada", group: "job seeker", source: "1")], rowsAreHidden: true)
    let report = Report(
      edition: sample.edition, timeline: sample.timeline, figures: [hidden])
    for (path, bytes) in try ReportFiles.all(of: report) {
      #expect(!String(decoding: bytes, as: UTF8.self).contains("job seeker"), "\(path)")
      #expect(!path.hasPrefix("figures/"), "\(path)")
    }
  }
}
