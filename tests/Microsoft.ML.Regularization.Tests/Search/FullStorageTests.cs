using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Search;

/// <summary>Disks that are really full, by the device that always is, and folders that are removed: an error that names the file, and the search goes on once there is room.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class FullStorageTests
{
    [TestMethod]
    [DataRow("search.json", "search.json.tmp", 7)]
    [DataRow("model.zip", "trials/0003/model.zip.tmp", 1)]
    public void A_file_that_has_no_room(string named, string written, int after)
    {
        using var folder = new TemporaryFolder();
        var count = 0;
        var error = Assert.ThrowsExactly<IOException>(() => SearchExample.Search(new SearchOptions
        {
            Folder = folder.Path,
            Progress = new SearchExample.Callback(_ =>
            {
                if (++count != after)
                    return;
                Directory.CreateDirectory(Path.GetDirectoryName(folder[written])!);
                File.CreateSymbolicLink(folder[written], "/dev/full");
            }),
        }));
        Assert.Contains(named, error.Message);
        Assert.Contains("No space left", error.Message);
        AssertGoesOn(folder, SearchExample.Search(new SearchOptions { Folder = folder.Path }));
    }

    [TestMethod]
    public void A_checkpoint_that_has_no_room_costs_only_time()
    {
        using var folder = new TemporaryFolder();
        var result = SearchExample.Search(new SearchOptions
        {
            Folder = folder.Path,
            Progress = new SearchExample.Callback(_ =>
            {
                foreach (var trial in Directory.GetDirectories(folder["trials"]).Where(trial => !File.Exists(Path.Combine(trial, "last.safetensors.tmp"))))
                    File.CreateSymbolicLink(Path.Combine(trial, "last.safetensors.tmp"), "/dev/full");
            }),
        });
        SearchExample.AssertSame(SearchExample.Uninterrupted, result);
    }

    [TestMethod]
    public void A_trial_whose_folder_cannot_be_written_to_has_not_failed_but_the_storage_has()
    {
        using var folder = new TemporaryFolder();
        var ml = new MLContext(seed: 1);
        var (made, broken) = (SearchExample.Space(ml), "");
        var space = new SearchSpace(SearchExample.Options, options =>
        {
            // A file in the place of the third trial's folder.
            if (options.Checkpoints is { } checkpoints && checkpoints.Folder.EndsWith("0003", StringComparison.Ordinal) && broken.Length == 0)
            {
                broken = checkpoints.Folder;
                Directory.Delete(broken, recursive: true);
                File.WriteAllText(broken, "");
            }

            return made.Pipeline(options);
        });
        foreach (var value in new[] { 0.01, 0.02, 0.03 })
            space.Start($"{value}", options => options with { LearningRate = value });
        var runner = new TrialRunner(ml, ml.Data.LoadFromEnumerable(Example.Clusters(90)), space);
        var error = Assert.Throws<IOException>(() => SearchExample.Search(new SearchOptions { Folder = folder.Path }, runner: runner));
        Assert.Contains(broken, error.Message);
        File.Delete(broken);
        var result = SearchExample.Search(new SearchOptions { Folder = folder.Path }, runner: runner);
        Assert.IsTrue(result.Trials.Count == 4 && result.Trials.All(trial => trial.Failure is null), result.ToString());
    }

    [TestMethod]
    public void A_folder_that_is_removed_meanwhile()
    {
        using var folder = new TemporaryFolder();
        var search = folder["search"];
        var count = 0;
        var error = Assert.Throws<IOException>(() => SearchExample.Search(new SearchOptions
        {
            Folder = search,
            Progress = new SearchExample.Callback(_ =>
            {
                if (++count == 3)
                    Directory.Delete(search, recursive: true);
            }),
        }));
        Assert.Contains(search, error.Message);
        SearchExample.AssertSame(SearchExample.Uninterrupted, SearchExample.Search(new SearchOptions { Folder = search }));
    }

    [TestMethod]
    public void A_folder_that_nobody_can_write_to()
    {
        var error = Assert.Throws<IOException>(() => SearchExample.Search(new SearchOptions { Folder = "/proc/search" }));
        Assert.Contains("/proc/search", error.Message);
    }

    [TestMethod]
    [DataRow(4, "model.zip")]
    [DataRow(16, "search.json")]
    public void A_program_whose_files_cannot_grow_ends_with_the_file_s_name_and_goes_on_without_the_limit(int blocks, string named)
    {
        using var folder = new TemporaryFolder();
        var (code, output) = SearchProgram.Run(folder, limit: blocks);
        Assert.AreEqual(3, code, output);
        Assert.Contains(named, output);
        Assert.IsEmpty(Directory.GetFiles(folder["search"], "*.tmp", SearchOption.AllDirectories), "nothing half written");

        Assert.AreEqual(0, SearchProgram.Run(folder).Code);
        var resumed = File.ReadAllBytes(folder["weights"]);
        Directory.Delete(folder["search"], recursive: true);
        Assert.AreEqual(0, SearchProgram.Run(folder).Code);
        CollectionAssert.AreEqual(File.ReadAllBytes(folder["weights"]), resumed);
    }

    [TestMethod]
    public void A_second_program_in_the_folder_of_a_search_is_refused_and_the_first_goes_on()
    {
        using var folder = new TemporaryFolder();
        var second = (Code: 0, Output: "");
        var result = SearchExample.Search(
            new SearchOptions
            {
                Folder = folder["search"],
                Progress = new SearchExample.Callback(_ =>
                {
                    if (second.Code == 0)
                        second = SearchProgram.Run(folder);
                }),
            },
            new SearchBudget { Trials = 2 });
        Assert.AreEqual(2, second.Code, second.Output);
        Assert.Contains($"Another search is going on in the folder '{folder["search"]}'", second.Output);
        Assert.HasCount(2, result.Trials);
    }

    private static void AssertGoesOn(TemporaryFolder folder, SearchResult resumed)
    {
        Assert.IsEmpty(Directory.GetFiles(folder.Path, "*.tmp", SearchOption.AllDirectories), "nothing half written");
        SearchExample.AssertSame(SearchExample.Uninterrupted, resumed);
    }
}
