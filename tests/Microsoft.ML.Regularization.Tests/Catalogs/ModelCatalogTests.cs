using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Catalogs;

/// <summary>Whatever happens to who saves, the file is the old model or the new one, whole.</summary>
[TestClass]
public sealed class ModelCatalogTests
{
    private static readonly MLContext Ml = new(seed: 1);
    private static readonly IDataView Rows = Ml.Rows(20);

    [TestMethod]
    public void A_file_that_is_new_or_replaced_holds_the_model_and_nothing_lies_beside_it()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "First", "Second" })
        {
            Ml.Model.SaveAtomically(Model(name), Rows.Schema, folder["model.zip"]);
            Assert.AreEqual(name, NameIn(folder["model.zip"]));
        }

        Assert.HasCount(1, Directory.GetFiles(folder.Path));
    }

    [TestMethod]
    public void Where_the_disk_is_full_at_any_byte_the_old_file_stays()
    {
        using var folder = new TemporaryFolder();
        Ml.Model.SaveAtomically(Model("First"), Rows.Schema, folder["model.zip"]);
        var before = File.ReadAllBytes(folder["model.zip"]);
        for (var room = 0; room < before.Length; room += room < before.Length - 200 ? 97 : 1)
        {
            Assert.ThrowsExactly<IOException>(() => Save(Model("First"), folder, file => new FullDisk(file, room)), $"{room} bytes");
            CollectionAssert.AreEqual(before, File.ReadAllBytes(folder["model.zip"]));
            Assert.HasCount(1, Directory.GetFiles(folder.Path));
        }
    }

    [TestMethod]
    public void While_the_new_one_is_written_the_old_file_can_be_loaded()
    {
        using var folder = new TemporaryFolder();
        Ml.Model.SaveAtomically(Model("First"), Rows.Schema, folder["model.zip"]);
        var loads = 0;
        Save(Model("Second"), folder, file => new WatchedFile(file, () =>
        {
            Assert.AreEqual("First", NameIn(folder["model.zip"]));
            loads++;
        }));
        Assert.IsGreaterThan(2, loads);
        Assert.AreEqual("Second", NameIn(folder["model.zip"]));
    }

    [TestMethod]
    public void Who_loads_while_several_save_gets_the_model_of_one_of_them()
    {
        using var folder = new TemporaryFolder();
        string[] names = ["First", "Second"];
        Ml.Model.SaveAtomically(Model(names[0]), Rows.Schema, folder["model.zip"]);
        Parallel.For(0, 4, worker =>
        {
            for (var time = 0; time < 10; time++)
            {
                if (worker < names.Length)
                    Ml.Model.SaveAtomically(Model(names[worker]), Rows.Schema, folder["model.zip"]);
                else
                    CollectionAssert.Contains(names, NameIn(folder["model.zip"]));
            }
        });
        Assert.HasCount(1, Directory.GetFiles(folder.Path));
    }

    [TestMethod]
    public void A_link_stays_and_leads_to_the_new_model()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("Links need a privilege there.");
        using var folder = new TemporaryFolder();
        Ml.Model.SaveAtomically(Model("First"), Rows.Schema, folder["target.zip"]);
        File.CreateSymbolicLink(folder["model.zip"], folder["target.zip"]);
        Ml.Model.SaveAtomically(Model("Second"), Rows.Schema, folder["model.zip"]);
        Assert.AreEqual(folder["target.zip"], new FileInfo(folder["model.zip"]).LinkTarget);
        Assert.AreEqual("Second", NameIn(folder["target.zip"]));
    }

    [TestMethod]
    public void A_folder_that_is_missing_is_an_error_of_its_own()
    {
        using var folder = new TemporaryFolder();
        Assert.ThrowsExactly<DirectoryNotFoundException>(() => Ml.Model.SaveAtomically(Model("First"), Rows.Schema, Path.Combine(folder.Path, "no", "model.zip")));
        Assert.ThrowsExactly<ArgumentNullException>(() => Ml.Model.SaveAtomically(null!, Rows.Schema, folder["model.zip"]));
    }

    private static ITransformer Model(string name) => Ml.Transforms.CopyColumns(name, "Features").Fit(Rows);

    private static void Save(ITransformer model, TemporaryFolder folder, Func<Stream, Stream> through) =>
        Ml.Model.SaveAtomically(model, Rows.Schema, folder["model.zip"], through);

    private static string NameIn(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return new MLContext().Model.Load(file, out _).GetOutputSchema(Rows.Schema)[^1].Name;
    }

    /// <summary>Calls back before each piece that is written.</summary>
    private sealed class WatchedFile(Stream file, Action callback) : FullDisk(file, long.MaxValue)
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            callback();
            base.Write(buffer, offset, count);
        }
    }
}
