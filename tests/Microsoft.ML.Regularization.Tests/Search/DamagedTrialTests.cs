using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Search;

/// <summary>Files of trials that are damaged between two stretches of training: the search finds the same, and says what happened.</summary>
[TestClass]
public sealed class DamagedTrialTests
{
    // The last stretch of the trial that is trained to its end, from the third epoch.
    private const int BeforeTheLast = 12;

    private const string Goes = "went on from the end of its stretch before";

    [TestMethod]
    public void A_checkpoint_that_is_cut()
    {
        var epochs = Damage(trial => Cut(Path.Combine(trial, "last.safetensors")), "was damaged", Goes, "last.safetensors");
        Assert.AreEqual(32, epochs, "no epoch is trained twice");
    }

    [TestMethod]
    public void A_checkpoint_with_a_bit_that_changed() => Damage(
        trial =>
        {
            var path = Path.Combine(trial, "last.safetensors");
            var bytes = File.ReadAllBytes(path);
            bytes[^1] ^= 4;
            File.WriteAllBytes(path, bytes);
        },
        "was damaged",
        Goes);

    [TestMethod]
    public void A_checkpoint_that_is_gone() => Damage(trial => File.Delete(Path.Combine(trial, "last.safetensors")), "was gone", Goes);

    [TestMethod]
    public void A_checkpoint_and_the_one_before_it()
    {
        var epochs = Damage(
            trial =>
            {
                Cut(Path.Combine(trial, "last.safetensors"));
                Cut(Path.Combine(trial, "kept", "last.safetensors"));
            },
            "was damaged",
            "was trained anew");
        Assert.AreEqual(32 + 3, epochs, "three epochs are trained twice");
    }

    [TestMethod]
    public void A_model_that_is_cut_is_made_again()
    {
        using var folder = new TemporaryFolder();
        var options = new SearchOptions { Folder = folder.Path };
        var first = SearchExample.Search(options);
        var model = TrialFolder.ModelOf(folder.Path, first.Best.Trial.Number);
        foreach (var share in new[] { 0, 0.5, 0.99 })
        {
            File.WriteAllBytes(model, File.ReadAllBytes(model)[..(int)(share * new FileInfo(model).Length)]);
            SearchExample.AssertSame(first, SearchExample.Search(options));
        }
    }

    // Returns how many epochs were trained.
    private static int Damage(Action<string> damage, params string[] notices)
    {
        using var folder = new TemporaryFolder();
        var (epochs, results) = (0, 0);
        var options = SearchExample.Options with { Progress = new SearchExample.EpochCallback(_ => epochs++) };
        var result = SearchExample.Search(
            new SearchOptions
            {
                Folder = folder.Path,
                Progress = new SearchExample.Callback(_ =>
                {
                    // The first trials that have done three epochs; the best of them goes on.
                    if (++results == BeforeTheLast)
                        Array.ForEach(Directory.GetDirectories(folder["trials"]), damage);
                }),
            },
            runner: SearchExample.Runner(options: options));
        SearchExample.AssertSame(SearchExample.Uninterrupted, result);
        var told = result.Trials.Single(trial => trial.Notices.Count > 0);
        foreach (var notice in notices)
            Assert.Contains(notice, told.Notices.Single());
        Assert.Contains(told.Notices.Single(), result.ToString());
        return epochs;
    }

    private static void Cut(string path) => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
}
