using System.Reflection;

namespace Microsoft.ML.Regularization.Tests.Build;

/// <summary>The copy of TorchSharp's Linux library that build/buildTransitive puts into the output folder, on whatever system builds.</summary>
[TestClass]
public sealed class LoosenLibTorchSharpTests
{
    private const string Library = "runtimes/linux-x64/native/libLibTorchSharp.so";
    private const byte WeakFlag = 2;

    [TestMethod]
    public void One_flag_of_one_version_requirement_changes_and_nothing_else()
    {
        var package = typeof(LoosenLibTorchSharpTests).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "TorchSharpPackage").Value!;
        var original = File.ReadAllBytes(Path.Combine(package, Library));
        var loosened = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, Library));

        Assert.HasCount(original.Length, loosened);
        var changed = Enumerable.Range(0, original.Length).Where(position => original[position] != loosened[position]).ToList();
        Assert.HasCount(1, changed);
        var flags = changed[0];
        Assert.AreEqual(original[flags] | WeakFlag, loosened[flags]);

        // An entry of .gnu.version_r begins with the ELF hash of the version's name; its flags follow (Linux Standard Base, 10.7.2.3).
        Assert.AreEqual(ElfHash("GLIBCXX_3.4.32"), BitConverter.ToUInt32(loosened, flags - sizeof(uint)));
    }

    private static uint ElfHash(string name)
    {
        uint hash = 0;
        foreach (var character in name)
        {
            hash = (hash << 4) + character;
            var high = hash & 0xf0000000;
            hash = (hash ^ high >> 24) & ~high;
        }

        return hash;
    }
}
