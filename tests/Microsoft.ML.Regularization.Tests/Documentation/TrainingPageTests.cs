using System.Reflection;

namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>The page of training names every option of checkpoints and every end of a run.</summary>
[TestClass]
public sealed class TrainingPageTests
{
    [TestMethod]
    public void Every_option_and_every_end_has_its_place()
    {
        var page = File.ReadAllText("training.md");
        foreach (var option in typeof(CheckpointOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(option => option.CanWrite))
            Assert.Contains($"| `{option.Name}` |", page);
        foreach (var reason in Enum.GetNames<StopReason>())
            Assert.Contains($"`{reason}`", page);
    }
}
