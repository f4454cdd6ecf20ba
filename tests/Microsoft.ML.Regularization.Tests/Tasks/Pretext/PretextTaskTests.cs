using System.Text.Json;

namespace Microsoft.ML.Regularization.Tests.Tasks.Pretext;

[TestClass]
public sealed class PretextTaskTests
{
    private static IEnumerable<object[]> All =>
        [[PretextTask.Denoising(0.2) with { DetectionWeight = 0.5 }], [PretextTask.Contrast(0.4, 0.1) with { Size = 7 }], [PretextTask.MaskedTokens(0.3)]];

    [TestMethod]
    [DynamicData(nameof(All))]
    public void They_survive_JSON_and_compare_by_value(object task)
    {
        var own = (PretextTask)task;
        var again = JsonSerializer.Deserialize<PretextTask>(JsonSerializer.Serialize(own, StrictJson.Options), StrictJson.Options);

        Assert.AreEqual(own, again);
        Assert.AreNotEqual(own, (PretextTask)Activator.CreateInstance(own.GetType())!);
        Assert.AreEqual(own.ToString(), again!.ToString());
    }

    [TestMethod]
    public void Options_out_of_their_range_are_refused_by_name()
    {
        foreach (var rate in new[] { 0, 1, -0.1, double.NaN })
        {
            Refused(PretextTask.Denoising(rate), "Task.SwapRate");
            Refused(PretextTask.Contrast(rate), "Task.SwapRate");
            Refused(PretextTask.MaskedTokens(rate), "Task.Rate");
        }

        Refused(new DenoisingTask { DetectionWeight = -1 }, "Task.DetectionWeight");
        Refused(new ContrastTask { Temperature = 0 }, "Task.Temperature");
        Refused(new ContrastTask { Size = 1 }, "Task.Size");

        static void Refused(PretextTask task, string option) =>
            Refusal.Check($"{task}", () => RefusedTraining.Trainer(RefusedTraining.Quick).Pretrain(RefusedTraining.View(Example.Clusters(9)), new PretrainingOptions { Task = task }), [option]);
    }
}
