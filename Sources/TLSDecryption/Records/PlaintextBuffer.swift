/// Room for what one record decrypts to. All connections of a run share one: it is empty between records.
final class PlaintextBuffer {
    let memory: UnsafeMutableBufferPointer<UInt8>

    init() {
        self.memory = .allocate(capacity: RecordHeader.longest)
        self.memory.initialize(repeating: 0)
    }

    deinit {
        self.memory.deallocate()
    }

    func octets(_ range: Range<Int>) -> [UInt8] { Array(self.memory[range]) }
}
