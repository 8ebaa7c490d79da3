using System.Globalization;

namespace UsageReporting.Transports.File;

/// <summary>
/// A file of lines that grows to a bound and then begins anew, keeping a number of full ones. Its callers hold its lock.
/// </summary>
internal sealed class LineFile(string path, long maxBytes, int maxFiles)
{
    /// <summary>Writes a line. Afterwards it is on the disk as a whole, or this throws and nothing of it is there.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="isRepeat">Whether it may be there already: then it is the last one.</param>
    public void Append(ReadOnlySpan<byte> line, bool isRepeat)
    {
        using (FileStream file = OwnerFile.Open(path, FileShare.Read))
        {
            FileTail tail = Repair(file);
            if (isRepeat && tail.LastLine.Span.SequenceEqual(line))
            {
                return;
            }

            byte[] more = [.. tail.LacksNewline ? "\n"u8 : [], .. line, (byte)'\n'];
            if (file.Length + more.Length <= maxBytes)
            {
                Write(file, more);
                return;
            }
        }

        Rotate();
        using FileStream next = OwnerFile.Open(path, FileShare.Read);
        Write(next, [.. line, (byte)'\n']);
    }

    private static FileTail Repair(FileStream file)
    {
        byte[] end = new byte[Math.Min(file.Length, FileSinkLimits.LineBytes)];
        file.Seek(-end.Length, SeekOrigin.End);
        file.ReadExactly(end);
        FileTail tail = FileTail.Of(end, isWholeFile: end.Length == file.Length);
        if (tail.TornBytes > 0)
        {
            file.SetLength(file.Length - tail.TornBytes);
        }

        return tail;
    }

    private static void Write(FileStream file, byte[] bytes)
    {
        long end = file.Seek(0, SeekOrigin.End);
        try
        {
            file.Write(bytes);
        }
        catch
        {
            // What a full disk took of it is half a line.
            file.SetLength(end);
            throw;
        }
    }

    // From the oldest on, so that a kill in between loses none; a gap that it leaves closes with the next round.
    private void Rotate()
    {
        System.IO.File.Delete(Name(maxFiles - 1));
        for (int age = maxFiles - 2; age >= 0; age--)
        {
            if (System.IO.File.Exists(Name(age)))
            {
                System.IO.File.Move(Name(age), Name(age + 1));
            }
        }
    }

    private string Name(int age) => age == 0 ? path : string.Create(CultureInfo.InvariantCulture, $"{path}.{age}");
}
