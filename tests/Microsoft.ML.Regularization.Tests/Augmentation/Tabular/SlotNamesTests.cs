namespace Microsoft.ML.Regularization.Tests.Augmentation.Tabular;

[TestClass]
public sealed class SlotNamesTests
{
    [TestMethod]
    public void It_survives_a_model_file()
    {
        var ml = new MLContext(seed: 1);
        var view = Person.Featurize(ml, Person.Generate(30));
        foreach (var options in new TrainingOnlyOptions[]
        {
            new GaussianNoiseOptions { SlotNames = ["Age"] }, new FeatureDropoutOptions { SlotNames = ["Job", "City.Oslo"] }, new FeatureSwapOptions { SlotNames = ["City"] },
        })
        {
            using var file = new MemoryStream();
            ml.Model.Save(new TrainingOnlyEstimator(ml, options).Fit(view), view.Schema, file);
            file.Position = 0;
            Assert.AreEqual(options, ((TrainingOnlyTransformer)new MLContext().Model.Load(file, out _)).Options);
        }
    }

    [TestMethod]
    public void A_name_means_a_slot_or_all_slots_of_a_column()
    {
        var view = Person.Featurize(new MLContext(seed: 1), Person.Generate(30));
        CollectionAssert.AreEqual(new[] { 0, 2, 3, 4, 5, 6, 8 }, Chosen("Job", "City.Oslo", "Age"));
        CollectionAssert.AreEqual(new[] { 5 }, Chosen("Job.dr. phil."));

        int[] Chosen(params string[] names)
        {
            var column = FeatureColumn.Of(new MLContext(), view.Schema, "Features", [.. names]);
            return [.. Enumerable.Range(0, column.Size).Where(column.IsChosen)];
        }
    }
}
