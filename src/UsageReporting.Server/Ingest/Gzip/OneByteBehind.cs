namespace UsageReporting.Server.Ingest.Gzip;

/// <summary>
/// Gives all bytes but the last, then the last one, then the end, and remembers how far its reader went: an inflater
/// that stops early leaves the last byte alone, and one that finds no end asks for more.
/// </summary>
internal sealed class OneByteBehind(ReadOnlyMemory<byte> bytes) : Stream
{
    private int _position;
    private bool _isEndSeen;

    /// <summary>Whether the last byte was asked for, and nothing behind it.</summary>
    public bool EndsWithItsLastByte => _position == bytes.Length && !_isEndSeen;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int left = bytes.Length - _position;
        int count = Math.Min(buffer.Length, left > 1 ? left - 1 : left);
        _isEndSeen |= left == 0;
        bytes.Span.Slice(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
