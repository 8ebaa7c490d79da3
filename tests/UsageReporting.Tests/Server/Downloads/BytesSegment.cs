using System.Buffers;

namespace UsageReporting.Tests.Server.Downloads;

/// <summary>Bytes in pieces, as they lie in the buffers of a connection.</summary>
internal sealed class BytesSegment : ReadOnlySequenceSegment<byte>
{
    private BytesSegment(ReadOnlyMemory<byte> bytes, long before)
    {
        Memory = bytes;
        RunningIndex = before;
    }

    public static ReadOnlySequence<byte> Of(ReadOnlyMemory<byte> bytes, int piece)
    {
        BytesSegment first = new(bytes[..Math.Min(piece, bytes.Length)], 0);
        BytesSegment last = first;
        for (int at = piece; at < bytes.Length; at += piece)
        {
            BytesSegment next = new(bytes[at..Math.Min(at + piece, bytes.Length)], at);
            last.Next = next;
            last = next;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }
}
