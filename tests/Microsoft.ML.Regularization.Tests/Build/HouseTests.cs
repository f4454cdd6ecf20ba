using Microsoft.ML.Regularization.Structure;

namespace Microsoft.ML.Regularization.Tests.Build;

[TestClass]
public sealed class HouseTests
{
    [TestMethod]
    public void Names_and_extension_calls_are_arrows()
    {
        var library = Directory.CreateTempSubdirectory("house");
        try
        {
            Write("Foundation/Low.cs", "internal sealed class Low { internal sealed class Nested; Action<High> _up; }");
            Write("Foundation/Verbs.cs", "internal static class Verbs { public static int Twice(this int value) => 2 * value; }");
            Write("Training/High.cs", "internal sealed class High { Low _low; // Verbs\n int F(int x) => x.Twice(); }");

            var house = House.Read(library.FullName);
            CollectionAssert.AreEquivalent(
                new[] { "Foundation/Low.cs -> Training/High.cs (High)", "Training/High.cs -> Foundation/Low.cs (Low)", "Training/High.cs -> Foundation/Verbs.cs (.Twice())" },
                house.Uses.Select(use => use.ToString()).ToList());
            Assert.AreEqual("Foundation/Low.cs", house.UpwardArrows.Single().From.Path);
            CollectionAssert.AreEqual(new[] { "Foundation", "Training" }, house.CirclesOfFolders.Single().ToList());
            Assert.AreEqual(1, house.FanOut[0].Types);
            Assert.AreEqual("Low.cs", Path.GetFileName(house.FilesOf("Low").Single().Path));
            Assert.IsEmpty(house.FilesOf("Nested"));
        }
        finally
        {
            library.Delete(recursive: true);
        }

        void Write(string path, string text)
        {
            Directory.CreateDirectory(Path.Combine(library.FullName, Path.GetDirectoryName(path)!));
            File.WriteAllText(Path.Combine(library.FullName, path), text);
        }
    }
}
