import CaptureDecoding
import PacketDecoding
import Testing

@testable import Commands

struct BatchQueueTests {
    @Test(arguments: 0...4)
    func `a queue that is given up while batches wait in it is released, and takes more without waiting`(waiting: Int) {
        let queue = BatchQueue<StreamBatch, PacketsEnd>()
        var batch = StreamBatch()
        for _ in 0..<waiting { queue.put(&batch) }
        queue.abandon()
        for _ in 0..<10 { queue.put(&batch) }
        queue.end(PacketsEnd(totals: PacketTotals(), damages: []))
        #expect(queue.isAbandoned)
        #expect(batch.isEmpty)
    }

    @Test
    func `what was put in comes out in its order, then the end`() {
        let queue = BatchQueue<StreamBatch, PacketsEnd>()
        var batch = StreamBatch()
        for _ in 0..<3 { queue.put(&batch) }
        queue.end(PacketsEnd(totals: PacketTotals(), damages: []))
        for _ in 0..<3 {
            guard case .batch(let one) = queue.take(idle: {}) else {
                Issue.record("the end came before the batches")
                return
            }
            queue.giveBack(one)
        }
        guard case .end = queue.take(idle: {}) else {
            Issue.record("no end")
            return
        }
    }
}
