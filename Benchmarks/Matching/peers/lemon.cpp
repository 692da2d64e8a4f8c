// LEMON's minimum-cost-flow solvers on the plain problem.
//
//   lemon FILE network-simplex|cost-scaling|capacity-scaling ASSIGNMENT
//
// Prints one JSON object; the chosen pairs go to ASSIGNMENT, one "volunteer role" a line.
#include <lemon/capacity_scaling.h>
#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <utility>
#include <vector>

namespace {

using Cost = std::int64_t;
using Graph = lemon::StaticDigraph;

// More than any affinity can make good: a filled seat comes first.
const Cost seatWorth = 3000;

struct Problem {
  std::vector<int> seats, capacity, edgeStart, edgeRole, edgeWeight;
};

// Whole numbers from a text that ends with a line feed.
class Numbers {
 public:
  explicit Numbers(const char *path) {
    std::FILE *file = std::fopen(path, "rb");
    if (!file) fail("cannot open the file");
    std::fseek(file, 0, SEEK_END);
    text_.resize(std::ftell(file) + 1);
    std::rewind(file);
    if (std::fread(text_.data(), 1, text_.size() - 1, file) + 1 != text_.size()) fail("short read");
    std::fclose(file);
    next_ = std::strchr(text_.data(), '\n');
    if (!next_) fail("no first line");
  }
  int operator()() {
    char *after;
    long value = std::strtol(next_, &after, 10);
    if (after == next_) fail("a number is missing");
    next_ = after;
    return static_cast<int>(value);
  }
  [[noreturn]] static void fail(const char *why) {
    std::fprintf(stderr, "lemon: %s\n", why);
    std::exit(1);
  }

 private:
  std::vector<char> text_;
  const char *next_;
};

Problem read(const char *path) {
  Numbers number(path);
  int volunteers = number();
  number();  // missions
  int roles = number(), edges = number();
  for (int skipped = 0; skipped < 4; ++skipped) number();
  Problem p;
  for (int r = 0; r < roles; ++r) {
    number();  // mission
    p.seats.push_back(number());
  }
  p.edgeStart.push_back(0);
  p.edgeRole.reserve(edges);
  p.edgeWeight.reserve(edges);
  for (int v = 0; v < volunteers; ++v) {
    p.capacity.push_back(number());
    number();  // company
    number();  // job seeker
    for (int left = number(); left > 0; --left) {
      p.edgeRole.push_back(number());
      p.edgeWeight.push_back(number());
    }
    p.edgeStart.push_back(static_cast<int>(p.edgeRole.size()));
  }
  return p;
}

struct Seconds {
  double wall, cpu;
};

Seconds now() {
  timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  auto wall = std::chrono::steady_clock::now().time_since_epoch();
  return {std::chrono::duration<double>(wall).count(), t.tv_sec + t.tv_nsec * 1e-9};
}

double peakMiB() {
  std::FILE *file = std::fopen("/proc/self/status", "r");
  char line[256];
  long kib = 0;
  while (file && std::fgets(line, sizeof line, file))
    if (std::sscanf(line, "VmHWM: %ld", &kib) == 1) break;
  if (file) std::fclose(file);
  return kib / 1024.0;
}

// Volunteers send their capacity to the sink, through a role or idly. Idle units cost so much that
// as few as possible are left; costs are shifted so that none is negative.
struct Network {
  Graph graph;
  std::vector<int> edgeArc;                       // arc of every edge
  std::vector<std::pair<int, int>> ends;          // by arc
  std::vector<int> upper;
  std::vector<Cost> cost;
  std::vector<int> supply;

  explicit Network(const Problem &p) {
    int volunteers = static_cast<int>(p.capacity.size()), roles = static_cast<int>(p.seats.size());
    int sink = volunteers + roles;
    int top = 0;
    for (int weight : p.edgeWeight) top = std::max(top, weight);
    std::size_t arcs = p.edgeRole.size() + volunteers + roles;
    ends.reserve(arcs);
    upper.reserve(arcs);
    cost.reserve(arcs);
    edgeArc.resize(p.edgeRole.size());
    supply.assign(sink + 1, 0);
    for (int v = 0; v < volunteers; ++v) {
      for (int e = p.edgeStart[v]; e < p.edgeStart[v + 1]; ++e) {
        edgeArc[e] = static_cast<int>(ends.size());
        add(v, volunteers + p.edgeRole[e], 1, top - p.edgeWeight[e]);
      }
      add(v, sink, p.capacity[v], top + seatWorth);
      supply[v] = p.capacity[v];
      supply[sink] -= p.capacity[v];
    }
    for (int r = 0; r < roles; ++r) add(volunteers + r, sink, p.seats[r], 0);
    graph.build(sink + 1, ends.begin(), ends.end());
  }

  void add(int from, int to, int most, Cost each) {
    ends.emplace_back(from, to);
    upper.push_back(most);
    cost.push_back(each);
  }
};

template <class Item, class T>
struct ByIndex {
  typedef Item Key;
  typedef T Value;
  const std::vector<T> *values;
  T operator[](const Item &item) const { return (*values)[Graph::index(item)]; }
};

template <class Solver>
void run(const Problem &p, const char *name, const char *output) {
  Seconds begin = now();
  Network n(p);
  Seconds built = now();
  Solver solver(n.graph);
  solver.upperMap(ByIndex<Graph::Arc, int>{&n.upper})
      .costMap(ByIndex<Graph::Arc, Cost>{&n.cost})
      .supplyMap(ByIndex<Graph::Node, int>{&n.supply});
  bool optimal = solver.run() == Solver::OPTIMAL;
  Seconds solved = now();
  double peak = peakMiB();
  std::FILE *file = std::fopen(output, "w");
  if (!file) Numbers::fail("cannot write the assignment");
  for (std::size_t v = 0; optimal && v + 1 < p.edgeStart.size(); ++v)
    for (int e = p.edgeStart[v]; e < p.edgeStart[v + 1]; ++e)
      if (solver.flow(n.graph.arc(n.edgeArc[e])) > 0)
        std::fprintf(file, "%zu %d\n", v, p.edgeRole[e]);
  std::fclose(file);
  std::printf(
      "{\"peer\": \"%s\", \"status\": \"%s\", \"buildSeconds\": %.9f, \"solveSeconds\": %.9f, "
      "\"buildCPUSeconds\": %.9f, \"solveCPUSeconds\": %.9f, \"peakMiB\": %.1f}\n",
      name, optimal ? "optimal" : "none", built.wall - begin.wall, solved.wall - built.wall,
      built.cpu - begin.cpu, solved.cpu - built.cpu, peak);
}

}  // namespace

int main(int count, char **arguments) {
  if (count != 4) Numbers::fail("usage: lemon FILE METHOD ASSIGNMENT");
  Problem p = read(arguments[1]);
  std::string method = arguments[2];
  if (method == "network-simplex")
    run<lemon::NetworkSimplex<Graph, int, Cost>>(p, "LEMON NetworkSimplex", arguments[3]);
  else if (method == "cost-scaling")
    run<lemon::CostScaling<Graph, int, Cost>>(p, "LEMON CostScaling", arguments[3]);
  else if (method == "capacity-scaling")
    run<lemon::CapacityScaling<Graph, int, Cost>>(p, "LEMON CapacityScaling", arguments[3]);
  else
    Numbers::fail("no such method");
}
