internal import Foundation
internal import Kernel
internal import ReportingAPI
internal import Testing

@testable internal import ParvisApp

@Suite struct PageTests {
  @Test func `the same report is the same bytes`() throws {
    let first = try ReportFiles.all(of: Sample.report())
    let second = try ReportFiles.all(of: Sample.report())
    #expect(first.map(\.path) == second.map(\.path))
    #expect(first.map(\.bytes) == second.map(\.bytes))
  }

  @Test func `nothing that people wrote becomes markup`() throws {
    for (path, source) in try Sample.pages() {
      #expect(!source.contains("<script"), "\(path)")
      #expect(!source.contains("alert('1')"), "\(path)")
    }
    #expect(try Sample.files()["index.html"]?.contains("&lt;script&gt;alert(&#39;1&#39;)") == true)
  }

  @Test func `no file tells the ids of the database`() throws {
    for (path, source) in try Sample.files() {
      #expect(!source.contains(Sample.secretID), "\(path)")
    }
  }

  @Test func `a page needs nothing from anywhere`() throws {
    for (path, source) in try Sample.pages() {
      for word in ["http:", "https:", "url(", "@import", "<script", "<img", "<iframe"] {
        #expect(!source.contains(word), "\(word) in \(path)")
      }
    }
  }

  @Test func `every tag is closed in its order`() throws {
    for (path, source) in try Sample.pages() {
      var open: [Substring] = []
      for match in source.matches(of: /<(\/?)([a-z0-9]+)[^>]*?(\/?)>/) {
        let name = match.output.2
        if ["meta", "link"].contains(name) || match.output.3 == "/" { continue }
        if match.output.1 == "/" {
          #expect(open.popLast() == name, "\(path)")
        } else {
          open.append(name)
        }
      }
      #expect(open.isEmpty, "\(path): \(open)")
    }
  }

  @Test func `every id is unique and every reference finds one`() throws {
    for (path, source) in try Sample.pages() {
      let ids = source.matches(of: /\ id="([^"]+)"/).map { String($0.output.1) }
      #expect(Set(ids).count == ids.count, "\(path)")
      let labels = source.matches(of: /aria-labelledby="([^"]+)"/)
        .flatMap { $0.output.1.split(separator: " ").map(String.init) }
      let anchors = source.matches(of: /href="#([^"]+)"/).map { String($0.output.1) }
      #expect(Set(labels + anchors).subtracting(ids).isEmpty, "\(path)")
    }
  }

  @Test func `every link leads to a file of the report`() throws {
    let files = try Sample.files()
    for (path, source) in try Sample.pages() {
      let folder = path.hasPrefix("figures/") ? "figures/" : ""
      for match in source.matches(of: /href="([^"#]+)(#[^"]*)?"/) {
        let target = String(match.output.1)
        let full = target.hasPrefix("../") ? String(target.dropFirst(3)) : folder + target
        #expect(files[full] != nil, "\(target) in \(path)")
      }
    }
  }

  @Test func `headings never skip a level`() throws {
    for (path, source) in try Sample.pages() {
      let levels = source.matches(of: /<h([1-6])/).compactMap { Int($0.output.1) }
      #expect(levels.first == 1, "\(path)")
      for (upper, lower) in zip(levels, levels.dropFirst()) {
        #expect(lower <= upper + 1, "\(path)")
      }
      #expect(levels.count { $0 == 1 } == 1, "\(path)")
    }
  }

  @Test func `every page says its language and leads to the other one`() throws {
    for (path, source) in try Sample.pages() {
      let english = path == "en.html" || path.hasSuffix(".en.html")
      #expect(source.contains("<html lang=\"\(english ? "en" : "fr")\">"), "\(path)")
      #expect(source.contains("hreflang=\"\(english ? "fr" : "en")\""), "\(path)")
    }
  }

  @Test func `every table names its columns and every chart has words`() throws {
    for (path, source) in try Sample.pages() {
      for match in source.matches(of: /<th[^>]*>/) where !match.output.hasPrefix("<thead") {
        #expect(match.output.contains("scope="), "\(path)")
      }
      let charts = source.matches(of: /<svg class="chart/).count
      #expect(source.matches(of: /<title id=/).count == charts, "\(path)")
      #expect(source.matches(of: /<desc id=/).count == charts, "\(path)")
      #expect(
        source.matches(of: /<table>/).count == source.matches(of: /<caption>/).count, "\(path)")
    }
  }

  @Test func `every figure opens to every one of its rows`() throws {
    let files = try Sample.files()
    for figure in try Sample.report().figures {
      let source = try #require(files["figures/" + figure.slug + ".html"])
      let body = source.components(separatedBy: "id=\"rows\"").last ?? ""
      #expect(body.matches(of: /<th scope="row">/).count == figure.rows.count, "\(figure.id)")
      #expect(files["index.html"]?.contains("href=\"figures/\(figure.slug).html\"") == true)
    }
  }

  @Test func `a chart shows what it has room for and says what it leaves to the table`() throws {
    let source = FigureCard(figure: Sample.many, language: .en).html.source
    #expect(source.matches(of: /class="bar"/).count == BarChart.limit)
    #expect(source.contains("and 4 more in the table"))
    #expect(source.contains("Partner 1<"))
  }

  @Test func `parts of a whole are told apart by more than colour`() {
    let source = FigureCard(figure: Sample.hours, language: .fr).html.source
    #expect(source.contains("class=\"part p1\""))
    #expect(source.contains("<span class=\"swatch p2\" aria-hidden=\"true\">2</span>"))
  }
}
