import Testing

@testable import IMAPSession

/// The plain form of a mailbox: one UID a message, 0 for unknown.
private struct PlainMap {
    var uids: [UInt32]

    mutating func learn(_ uid: UInt32, of number: Int) -> Bool {
        if self.uids[number - 1] != 0 { return self.uids[number - 1] == uid }
        let below = self.uids[..<(number - 1)].last { $0 != 0 } ?? 0
        let above = self.uids[number...].first { $0 != 0 } ?? .max
        guard below < uid, uid < above else { return false }
        self.uids[number - 1] = uid
        return true
    }
}

@Suite("the map of sequence numbers and UIDs")
struct UIDMapTests {
    private func uid(_ map: UIDMap, _ number: UInt64) -> UInt32? {
        var map = map
        return map.uid(of: number)
    }

    private func number(_ map: UIDMap, _ uid: UInt32) -> Int? {
        var map = map
        return map.number(of: uid)
    }

    @Test
    func `an EXISTS of any size costs nothing`() {
        var map = UIDMap()
        map.append(Int(UInt32.max))
        #expect(map.runCount == 1)
        #expect(self.uid(map, UInt64(UInt32.max)) == nil)
        let learned = map.learn(.max, of: UInt64(UInt32.max))
        #expect(learned == nil)
        #expect(self.uid(map, UInt64(UInt32.max)) == .max)
        let unknown = map.remove(1)
        #expect(unknown == nil)
        #expect(map.count == Int(UInt32.max) - 1)
        #expect(self.uid(map, UInt64(UInt32.max) - 1) == .max)
        #expect(map.steps < 20)
    }

    @Test
    func `a million messages with consecutive UIDs are one run`() {
        var map = UIDMap()
        map.append(1_000_000)
        for number in UInt32(1)...1_000_000 { _ = map.learn(number + 7, of: UInt64(number)) }
        map.settle()
        #expect(map.runCount == 1)
        #expect(self.uid(map, 500_000) == 500_007)
        #expect(self.number(map, 500_007) == 500_000)
        #expect(self.number(map, 3) == nil)
    }

    @Test
    func `contradictions are named and teach nothing`() {
        var map = UIDMap()
        map.append(10)
        let first = map.learn(50, of: 5)
        #expect(first == nil)
        let changed = map.learn(51, of: 5)
        #expect(changed == .changed(from: 50))
        let below = map.learn(50, of: 9)
        #expect(below == .notAbove(50))
        let above = map.learn(60, of: 2)
        #expect(above == .notBelow(50))
        #expect(self.uid(map, 5) == 50)
        #expect(self.uid(map, 9) == nil)
        #expect(self.uid(map, 0) == nil)
        #expect(self.uid(map, 11) == nil)
    }

    @Test
    func `beyond the limit all is forgotten but the count`() {
        var map = UIDMap(limit: 100)
        map.append(1000)
        for number in UInt32(1)...99 { _ = map.learn(number * 2, of: UInt64(number)) }
        map.settle()
        #expect(map.runCount == 100)
        #expect(map.timesForgotten == 0)
        _ = map.learn(200, of: 100)
        map.settle()
        #expect(map.timesForgotten == 1)
        #expect(map.runCount == 1)
        #expect(map.count == 1000)
        #expect(self.uid(map, 5) == nil)
        // It learns again.
        let again = map.learn(10, of: 5)
        #expect(again == nil)
        #expect(self.uid(map, 5) == 10)
    }

    @Test
    func `vanished UIDs take the unknown messages between them along`() {
        var map = UIDMap()
        map.append(10)
        for (number, uid) in [(2, 20), (5, 50), (8, 80)] as [(UInt64, UInt32)] { _ = map.learn(uid, of: number) }
        // 20 to 50: two known and the two between them.
        let isGuessed = map.remove(uids: 20...50)
        #expect(!isGuessed)
        #expect(map.count == 6)
        #expect(self.uid(map, 4) == 80)
        #expect(self.number(map, 80) == 4)
    }

    @Test
    func `vanished UIDs that nobody knows are taken from where they must be`() {
        var map = UIDMap()
        map.append(10)
        _ = map.learn(50, of: 5)
        let isGuessedBefore = map.remove(uids: 41...43)
        #expect(isGuessedBefore)
        #expect(map.count == 7)
        #expect(self.uid(map, 2) == 50)
        let isGuessedBehind = map.remove(uids: 60...61)
        #expect(isGuessedBehind)
        #expect(map.count == 5)
        #expect(self.uid(map, 2) == 50)
        let isGuessedAll = map.remove(uids: 1...UInt32.max)
        #expect(isGuessedAll)
        #expect(map.count == 0)
        #expect(map.runCount == 0)
    }

    @Test(arguments: [100, 3, 1_000_000] as [Int])
    func `whatever happens, it says the same as a plain list`(limit: Int) {
        for round in 0..<60 {
            var map = UIDMap(limit: limit)
            let size = Int.random(in: 1...600)
            map.append(size)
            var plain = PlainMap(uids: Array(repeating: 0, count: size))
            for _ in 0..<800 {
                var forgotten = map.timesForgotten
                // What is to be forgotten is forgotten before the next step, as in the plain list.
                if limit < 1000 { map.settle() }
                if map.timesForgotten > forgotten { plain.uids = plain.uids.map { _ in 0 } }
                forgotten = map.timesForgotten
                let number = plain.uids.isEmpty ? 0 : Int.random(in: 1...plain.uids.count)
                switch Int.random(in: 0..<10) {
                case 0 where number > 0:
                    let gone = map.remove(UInt64(number))
                    let plainGone = plain.uids.remove(at: number - 1)
                    #expect(gone ?? 0 == plainGone)
                case 1:
                    map.append(2)
                    plain.uids += [0, 0]
                case 2 where number > 0 && Int.random(in: 0..<20) == 0:
                    map.truncate(to: number)
                    plain.uids.removeSubrange(number...)
                case 3 where number > 0 && plain.uids[number - 1] != 0 && round % 2 == 0:
                    let uid = plain.uids[number - 1]
                    let isGuessed = map.remove(uids: uid...uid)
                    #expect(!isGuessed)
                    plain.uids.remove(at: number - 1)
                case 4 where number > 0 && limit > 1000:
                    for next in number..<min(number + 9, plain.uids.count + 1) {
                        let uid = UInt32(next) * 3 + UInt32(round)
                        let isTaken = map.learn(uid, of: UInt64(next)) == nil
                        let isTakenPlainly = plain.learn(uid, of: next)
                        #expect(isTaken == isTakenPlainly)
                    }
                case _ where number > 0:
                    let uid = UInt32(number) * 3 + UInt32.random(in: 0..<4) + UInt32(round)
                    let isTaken = map.learn(uid, of: UInt64(number)) == nil
                    let isTakenPlainly = plain.learn(uid, of: number)
                    #expect(isTaken == isTakenPlainly)
                default: break
                }
                if map.timesForgotten > forgotten { plain.uids = plain.uids.map { _ in 0 } }
                guard map.count == plain.uids.count else {
                    Issue.record("\(map.count) messages, not \(plain.uids.count)")
                    return
                }
            }
            let forgotten = map.timesForgotten
            map.settle()
            if map.timesForgotten > forgotten { plain.uids = plain.uids.map { _ in 0 } }
            for number in plain.uids.indices {
                #expect(self.uid(map, UInt64(number) + 1) ?? 0 == plain.uids[number])
                if plain.uids[number] != 0 { #expect(self.number(map, plain.uids[number]) == number + 1) }
            }
            #expect(map.runCount == map.chunks.reduce(0) { $0 + $1.runs.count })
            #expect(map.count == map.chunks.reduce(0) { $0 + $1.messages })
            #expect(map.runCount <= max(limit, 2))
        }
    }

    enum Flood: String, CaseIterable, Sendable {
        case first
        case last
        case middle
        case random
        case vanished
    }

    /// Every second UID, so that each message is a run of its own.
    private func sparse(_ count: Int) -> UIDMap {
        var map = UIDMap(limit: count + 1)
        map.append(count)
        for number in 1...count { _ = map.learn(UInt32(number * 2), of: UInt64(number)) }
        return map
    }

    @Test(arguments: Flood.allCases)
    func `a flood of EXPUNGE costs each message less than its share of a walk`(flood: Flood) {
        var costs: [Double] = []
        for size in [8_000, 16_000, 32_000] {
            var map = self.sparse(size)
            let before = map.steps
            for index in 0..<size {
                switch flood {
                case .first: map.remove(1)
                case .last: map.remove(UInt64(map.count))
                case .middle: map.remove(UInt64(map.count / 2 + 1))
                case .random: map.remove(UInt64((index &* 7919) % map.count + 1))
                case .vanished:
                    let uid = UInt32(size - index) * 2
                    _ = map.remove(uids: uid...uid)
                }
            }
            #expect(map.count == 0)
            costs.append(Double(map.steps - before) / Double(size))
        }
        // Twice the messages may cost one message the square root of two more, with room for the chunks.
        #expect(costs[1] < costs[0] * 2 && costs[2] < costs[1] * 2)
        #expect(costs[2] < 32_000 / 20)
    }

    @Test
    func `learning a sparse mailbox in order looks at few runs a message`() {
        let map = self.sparse(64_000)
        #expect(map.steps < 64_000 * 8)
    }

    @Test
    func `all UIDs of a mailbox are taken only when they fit`() {
        var map = UIDMap()
        map.append(5)
        let tooFew = map.learn(all: [1...4])
        #expect(!tooFew)
        let tooMany = map.learn(all: [1...6])
        #expect(!tooMany)
        let unordered = map.learn(all: [4...6, 1...2])
        #expect(!unordered)
        let zero = map.learn(all: [0...4])
        #expect(!zero)
        #expect((1...5).allSatisfy { self.uid(map, $0) == nil })
        let fits = map.learn(all: [3...4, 5...5, 9...10])
        #expect(fits)
        #expect(map.runCount == 2)
        #expect([1, 2, 3, 4, 5].map { self.uid(map, $0) } == [3, 4, 5, 9, 10])
    }
}
