using System.Text.RegularExpressions;
using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Scoring.ModelFiles;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>docs/model-files.md names what is written.</summary>
[TestClass]
public sealed partial class ModelFilesPageTests
{
    private static readonly string Page = File.ReadAllText("model-files.md");

    [TestMethod]
    [DataRow(typeof(TrainedNetworkDescription))]
    [DataRow(typeof(TrainingRecord))]
    [DataRow(typeof(InputLayout))]
    [DataRow(typeof(CategoryInput))]
    [DataRow(typeof(TextInput))]
    [DataRow(typeof(Imputation))]
    [DataRow(typeof(TargetScale))]
    [DataRow(typeof(TrainingHistory))]
    public void Every_member_of_the_description_is_on_the_page(Type type)
    {
        // The serializer does so at its first use.
        StrictJson.Options.MakeReadOnly(populateMissingResolver: true);
        var members = StrictJson.Options.GetTypeInfo(type).Properties.Where(member => member.Get is not null).Select(member => member.Name).ToList();

        Assert.IsNotEmpty(members);
        Assert.AreEqual("", string.Join(", ", members.Where(member => !Page.Contains($"`{member}`", StringComparison.Ordinal))));
    }

    [TestMethod]
    public void Every_task_is_on_the_page()
    {
        foreach (var task in LearningTasks.All)
            Assert.Contains($"`{task.Name}`", Page);
    }

    [TestMethod]
    public void Every_stream_and_every_tensor_of_every_architecture_is_on_the_page()
    {
        var rows = new MLContext(seed: 1).Data.LoadFromEnumerable(InputExample.Of(30));
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var own in ArchitectureCases.All.Where(own => own.Architecture is not CustomArchitecture))
        {
            var model = own.Trainer(LearningTask.Regression, RegularizationRecipe.None, epochs: 1).Fit(rows);
            var streams = new ModelFile(model, rows.Schema).Checked.Select(path => Path.GetFileName(path)!);
            var tensors = model.GetNeuralNetwork().Weights.Select(tensor => Number().Replace(tensor.Name, ".N."));
            missing.UnionWith(streams.Concat(tensors).Where(name => !Page.Contains($"`{name}`", StringComparison.Ordinal)));
        }

        Assert.AreEqual("", string.Join(Environment.NewLine, missing));
    }

    [GeneratedRegex(@"\.\d+\.")]
    private static partial Regex Number();
}
