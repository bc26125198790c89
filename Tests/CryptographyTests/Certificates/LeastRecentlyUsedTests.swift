import Testing

@testable import Cryptography

@Suite struct LeastRecentlyUsedTests {
    @Test func `the entry that was not asked for the longest goes first`() {
        var cache = LeastRecentlyUsed<String, Int>(capacity: 3)
        for (key, value) in [("a", 1), ("b", 2), ("c", 3)] { cache.set(value, for: key) }
        #expect(cache.value(for: "a") == 1)
        cache.set(4, for: "d")
        #expect(cache.keys == ["d", "a", "c"])
        #expect(cache.value(for: "b") == nil)
        cache.set(5, for: "c")
        #expect(cache.keys == ["c", "d", "a"])
        #expect(cache.value(for: "c") == 5)
        #expect(cache.count == 3)
    }

    @Test func `a cache of one holds the last`() {
        var cache = LeastRecentlyUsed<Int, Int>(capacity: 1)
        for number in 0..<5 { cache.set(number, for: number) }
        #expect(cache.keys == [4])
        #expect(cache.value(for: 4) == 4)
        #expect(cache.value(for: 3) == nil)
    }

    @Test(arguments: [1, 2, 3, 8, 64])
    func `it does what a plain list would do`(capacity: Int) {
        var cache = LeastRecentlyUsed<Int, Int>(capacity: capacity)
        var model: [(key: Int, value: Int)] = []
        var random = UInt64(capacity)
        for step in 0..<4000 {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let key = Int(random >> 33) % (capacity * 2)
            let place = model.firstIndex { $0.key == key }
            if random >> 62 & 1 == 0 {
                #expect(cache.value(for: key) == place.map { model[$0].value })
                if let place { model.insert(model.remove(at: place), at: 0) }
            } else {
                cache.set(step, for: key)
                if let place { model.remove(at: place) }
                model.insert((key, step), at: 0)
                if model.count > capacity { model.removeLast() }
            }
            #expect(cache.keys == model.map(\.key))
        }
    }
}
