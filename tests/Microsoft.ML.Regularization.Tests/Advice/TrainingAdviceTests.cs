using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Documentation;
using Microsoft.ML.Regularization.Tests.Inputs.ImageFolders;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Advice;

[TestClass]
public sealed class TrainingAdviceTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow("Answer")]
    [DataRow("Kind")]
    [DataRow("Stars")]
    [DataRow("Amount")]
    public void The_code_compiles_and_does_what_the_pipeline_does(string label)
    {
        var data = PlantedRow.View(_ml, PlantedRow.Make(150), "Town", "Age", "Income", "Plan", "Currency", label);
        var advice = _ml.Regularization().Advise(data, new AdviceOptions { LabelColumnName = label, MostEffort = TrainingEffort.Quick });

        var metrics = CompiledCode.Run(advice.Code, data);

        var ml = new MLContext(seed: 1);
        var split = ml.Data.TrainTestSplit(data, testFraction: 0.2);
        var scored = advice.Estimator(ml).Fit(split.TrainSet).Transform(split.TestSet);
        if (advice.Table.Task == LearningTask.Regression)
            Assert.AreEqual(ml.Regression.Evaluate(scored, label).RSquared, ((RegressionMetrics)metrics).RSquared);
        else if (advice.Table.Task == LearningTask.BinaryClassification)
            Assert.AreEqual(ml.BinaryClassification.Evaluate(scored, label).AreaUnderRocCurve, ((CalibratedBinaryClassificationMetrics)metrics).AreaUnderRocCurve);
        else
            Assert.AreEqual(ml.MulticlassClassification.Evaluate(scored, label).LogLoss, ((MulticlassClassificationMetrics)metrics).LogLoss);
        if (advice.Table.Task == LearningTask.MulticlassClassification)
            Assert.AreEqual(data.Schema[label].Type, scored.Schema["PredictedLabel"].Type);
    }

    [TestMethod]
    public void What_is_planted_stays_out_of_the_pipeline()
    {
        var data = _ml.Data.LoadFromEnumerable(PlantedRow.Make());
        var advice = _ml.Regularization().Advise(data, new AdviceOptions { LabelColumnName = "Answer", IgnoredColumnNames = ["Mark", "Kind", "Stars", "Amount"] });

        foreach (var name in new[] { "Number", "Currency", "Closed", "Since", "Mark" })
            Assert.IsFalse(advice.Code.Contains($"\"{name}\"", StringComparison.Ordinal), advice.Code);
        Assert.AreEqual("Customer", advice.Trainer.SamplingKeyColumnName);
        Assert.AreEqual(5, advice.Trainer.Folds);
        StringAssert.Contains(advice.Code, "samplingKeyColumnName: \"Customer\"");
        CompiledCode.Compile(advice.Code).Dispose();
        Assert.IsNotNull(advice.Estimator(_ml).GetOutputSchema(SchemaShapes.Of(data.Schema)));
        foreach (var what in new[] { "Leave out Closed", "Leave out Number", "Leave out Currency", "Split by Customer", "Make numbers of Since", "Count the words of Comment", "Leave gaps" })
            StringAssert.Contains(advice.ToString(), what);
    }

    [TestMethod]
    public void Many_rows_of_numbers_are_worth_more_effort_than_classes()
    {
        Assert.AreEqual(TrainingEffort.Strong, Advise("Amount", new(), rows: 5000).Trainer.Effort);
        Assert.AreEqual(TrainingEffort.Standard, Advise("Amount", new(), rows: 4999).Trainer.Effort);
        Assert.AreEqual(TrainingEffort.Standard, Advise("Amount", new() { MostEffort = TrainingEffort.Standard }, rows: 5000).Trainer.Effort);
        Assert.AreEqual(TrainingEffort.Quick, Advise("Amount", new() { MostEffort = TrainingEffort.Quick }).Trainer.Effort);
        var classes = Advise("Answer", new(), rows: 5000);
        Assert.AreEqual(new NeuralNetworkOptions { LabelColumnName = "Answer", CategoricalColumnNames = ["Plan"] }, classes.Trainer);
    }

    [TestMethod]
    public void Texts_images_and_sequences_have_networks_of_their_own()
    {
        var texts = _ml.Regularization().Advise(PlantedRow.View(_ml, PlantedRow.Make(), "Comment", "Answer"), new() { LabelColumnName = "Answer" });
        Assert.AreEqual(AdvisedInput.Texts, texts.Table.Input);
        Assert.IsInstanceOfType<LstmArchitecture>(texts.Trainer.Architecture);
        CompiledCode.Compile(texts.Code).Dispose();
        Assert.IsNotNull(texts.Estimator(_ml).GetOutputSchema(SchemaShapes.Of(PlantedRow.View(_ml, PlantedRow.Make(), "Comment", "Answer").Schema)));

        var pixels = OfShape(new VectorDataViewType(NumberDataViewType.Single, 8, 8, 1));
        Assert.AreEqual(AdvisedInput.Images, pixels.Table.Input);
        Assert.IsInstanceOfType<ResNetArchitecture>(pixels.Trainer.Architecture);
        CompiledCode.Compile(pixels.Code).Dispose();

        var steps = OfShape(new VectorDataViewType(NumberDataViewType.Single, 16, 4));
        Assert.AreEqual(AdvisedInput.Sequences, steps.Table.Input);
        Assert.IsInstanceOfType<GruArchitecture>(steps.Trainer.Architecture);
        CompiledCode.Compile(steps.Code).Dispose();
    }

    [TestMethod]
    public void A_folder_of_images_is_learned()
    {
        using var folder = new TemporaryFolder();
        ImageFolderTests.WritePhotos(folder.Path);
        var photos = _ml.Data.LoadFromImageFolder(folder.Path);

        var advice = _ml.Regularization().Advise(photos);

        Assert.AreEqual(AdvisedInput.Images, advice.Table.Input);
        CompiledCode.Compile(advice.Code).Dispose();
        Assert.IsInstanceOfType<ResNetArchitecture>(advice.Trainer.Architecture);
        Assert.IsNotNull(advice.Estimator(_ml).GetOutputSchema(SchemaShapes.Of(photos.Schema)));
    }

    [TestMethod]
    public void Options_are_reviewed()
    {
        var heavy = new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.Mlp(64),
            Recipe = RegularizationRecipe.SmallDataset with { Dropout = 0.7, LabelSmoothing = 0.3 },
        };
        StringAssert.Contains(Advise("Answer", new() { Trainer = heavy }).ToString(), "Dropout 5.4, LabelSmoothing 3.0");
        var contradiction = new NeuralNetworkOptions { Folds = 5, ValidationFraction = 0.2 };
        StringAssert.Contains(Advise("Answer", new() { Trainer = contradiction }).ToString(), "ValidationFraction is 0.2");
        Assert.IsFalse(Advise("Answer", new() { Trainer = new() }).ToString().Contains("Your ", StringComparison.Ordinal));
        RegularizationRecipe[] presets =
        [
            RegularizationRecipe.CnnImageClassification, RegularizationRecipe.TransformerNlp, RegularizationRecipe.VisionTransformer, RegularizationRecipe.RnnLstm,
            RegularizationRecipe.SmallDataset, RegularizationRecipe.FineTuning, RegularizationRecipe.LargeScalePretraining,
        ];
        foreach (var preset in presets)
            Assert.IsFalse(RecipeWeight.Of(preset).IsHeavy, $"{preset}");
    }

    [TestMethod]
    public void Each_rule_names_a_page_that_there_is()
    {
        foreach (var rule in AdviceRules.All)
            Assert.IsTrue(rule.Source == AdviceRule.YourRows || File.Exists(Path.Combine(Repository.Root, rule.Source)), rule.Source);
    }

    [TestMethod]
    public void The_text_is_the_same_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        var text = Advise("Answer", new()).ToString();
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            Assert.AreEqual(text, Advise("Answer", new()).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [TestMethod]
    public void Options_as_code_are_the_options()
    {
        var options = new NeuralNetworkOptions
        {
            LabelColumnName = "a \"b\"\n",
            Architecture = new RealMlpArchitecture { HiddenSizes = [64, 32] },
            Recipe = RegularizationRecipe.SmallDataset with { Dropout = 0.3, EarlyStopping = new EarlyStopping { Patience = int.MaxValue }, Augmentations = [new MixupOptions { Alpha = 0.4 }] },
            Pack = new PackOptions { Members = 3, Draws = PackDraws.Network },
            Schedule = LearningRateSchedule.OneCycle(),
            TimeLimit = TimeSpan.FromMinutes(2),
            LearningRate = 0.01,
        };
        var made = CompiledCode.Run($"var metrics = {CSharpText.Of(options)};", _ml.Data.LoadFromEnumerable(PlantedRow.Make(4)));
        Assert.AreEqual(options, made);
    }

    [TestMethod]
    public void What_cannot_be_advised_is_an_error()
    {
        var rows = PlantedRow.Make();
        AssertRefused("no column 'Reply'", rows, new() { LabelColumnName = "Reply" });
        AssertRefused("no column 'Reply'", rows, new() { LabelColumnName = "Answer", IgnoredColumnNames = ["Reply"] });
        AssertRefused("no column 'Reply'", rows, new() { LabelColumnName = "Answer", SamplingKeyColumnName = "Reply" });
        AssertRefused("There are no rows", [], new() { LabelColumnName = "Answer" });
        AssertRefused("one row", rows[..1], new() { LabelColumnName = "Answer" });
        AssertRefused("one value in all", [.. rows.Where(row => row.Answer == "yes")], new() { LabelColumnName = "Answer" });
        AssertRefused("No row has a label", [.. rows.Select(_ => new PlantedRow())], new() { LabelColumnName = "Answer" });
        AssertRefused("All rows are equal", [new() { Answer = "yes" }, new() { Answer = "no" }, new() { Answer = "no" }], new() { LabelColumnName = "Answer", IgnoredColumnNames = ["Mark", "Kind", "Stars", "Amount"] });
        AssertRefused("which is no number", rows, new() { LabelColumnName = "Answer", Task = LearningTask.Regression });
        AssertRefused("3 values", rows, new() { LabelColumnName = "Kind", Task = LearningTask.BinaryClassification });
        AssertRefused("DateTime", rows, new() { LabelColumnName = "Since" });
        AssertRefused("which is the LabelColumnName", rows, new() { LabelColumnName = "Answer", IgnoredColumnNames = ["Answer"] });
        AssertRefused("column 'Amount' is empty in all 400 rows", [.. rows.Select(row => new PlantedRow { Age = row.Age, Amount = float.NaN })], new() { LabelColumnName = "Amount" });
        AssertRefused("MostRows", rows, new() { LabelColumnName = "Answer", MostRows = 1 });
        Assert.Throws<OperationCanceledException>(() => Advise("Answer", new() { CancellationToken = new CancellationToken(canceled: true) }));
        Assert.Throws<ArgumentException>(() => _ml.Regularization().Advise(PlantedRow.View(_ml, rows, "Answer"), new() { LabelColumnName = "Answer" }));
    }

    [TestMethod]
    public void Moments_are_dates_and_no_labels()
    {
        var rows = _ml.Data.LoadFromEnumerable(PlantedRow.Make(60).Select((row, i) => new Meeting { Age = row.Age, When = new(row.Since), Label = row.Mark, Length = TimeSpan.FromHours(i) }).ToList());
        var seen = _ml.Regularization().Advise(rows, new() { IgnoredColumnNames = ["Length"] }).Table.Columns.Single(column => column.Name == "When");
        Assert.AreEqual((ColumnKind.Date, false), (seen.Kind, seen.IsConstant));
        var error = Assert.Throws<ArgumentException>(() => _ml.Regularization().Advise(rows, new() { LabelColumnName = "Length" }));
        StringAssert.Contains(error.Message, "Column 'Length' is TimeSpan");
    }

    [TestMethod]
    public void A_pipeline_refuses_rows_without_its_columns()
    {
        var rows = PlantedRow.Make(60);
        var advice = _ml.Regularization().Advise(PlantedRow.View(_ml, rows, "Age", "Income", "Answer"), new() { LabelColumnName = "Answer", MostEffort = TrainingEffort.Quick });
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => advice.Estimator(_ml).Fit(PlantedRow.View(_ml, rows, "Income", "Answer"))).Message, "'Age'");
    }

    private TrainingAdvice Advise(string label, AdviceOptions options, int rows = 400) =>
        _ml.Regularization().Advise(PlantedRow.View(_ml, PlantedRow.Make(rows), "Age", "Income", "Plan", label), options with { LabelColumnName = label });

    private TrainingAdvice OfShape(VectorDataViewType type)
    {
        var random = new Random(1);
        var schema = SchemaDefinition.Create(typeof(Grid));
        schema[nameof(Grid.Values)].ColumnType = type;
        return _ml.Regularization().Advise(_ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, 60).Select(i => new Grid { Label = $"{i % 3}", Values = [.. Enumerable.Range(0, type.Size).Select(_ => random.NextSingle())] }), schema));
    }

    private void AssertRefused(string message, PlantedRow[] rows, AdviceOptions options)
    {
        var error = Assert.Throws<ArgumentException>(() => _ml.Regularization().Advise(_ml.Data.LoadFromEnumerable(rows), options));
        StringAssert.Contains(error.Message, message);
    }

    private sealed class Meeting
    {
        public float Age { get; set; }

        public DateTimeOffset When { get; set; }

        public TimeSpan Length { get; set; }

        public bool Label { get; set; }
    }

    private sealed class Grid
    {
        public string Label { get; set; } = "";

        public float[] Values { get; set; } = [];
    }
}
