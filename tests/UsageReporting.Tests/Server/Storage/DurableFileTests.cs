using NUnit.Framework;
using UsageReporting.Server.Storage;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.Server.Storage;

public sealed class DurableFileTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    // Servers that share a folder, each of which goes on with what it reads then.
    [Test]
    public void WriteIfMissing_ManyAtOnce_AllReadOneAndNothingIsLeft()
    {
        for (int round = 0; round < 50; round++)
        {
            string file = _folder.Combine($"key-{round}");
            using Barrier begin = new(8);
            byte[][] read = new byte[8][];
            Thread[] servers = [.. Enumerable.Range(0, 8).Select(number => new Thread(() =>
            {
                begin.SignalAndWait();
                DurableFile.WriteIfMissing(file, () => [(byte)number]);
                read[number] = File.ReadAllBytes(file);
            }))];
            Array.ForEach(servers, server => server.Start());
            Array.ForEach(servers, server => server.Join());

            Assert.That(read.Select(content => content.Single()).Distinct().Count(), Is.EqualTo(1));
        }

        Assert.That(Directory.GetFiles(_folder.Path), Has.Length.EqualTo(50));
    }

    [Test]
    public void Write_LinkInThePlaceOfTheTemporaryFile_IsNotFollowed()
    {
        string other = _folder.Combine("other");
        File.WriteAllText(other, "stays");
        File.CreateSymbolicLink(_folder.Combine("key.tmp"), other);

        DurableFile.Write(_folder.Combine("key"), "new"u8);

        Assert.That((File.ReadAllText(_folder.Combine("key")), File.ReadAllText(other)), Is.EqualTo(("new", "stays")));
    }
}
