namespace FineTuningExample;

/// <summary>Runs what is not done yet, quick cells first.</summary>
internal static class Study
{
    private static readonly int[] OfTexts = [8, 50, 500];
    private static readonly int[] OfPhotos = [20, 50, 200];

    public static void Run(Arguments arguments, ResultsFile file, TextWriter output)
    {
        var sets = arguments.Sets.Select(name => ExampleSets.Find(name, arguments.Data, arguments.TestRows)).ToList();
        var cells = from set in sets
                    from perClass in arguments.Sizes ?? (set.HasPhotos ? OfPhotos : OfTexts)
                    from seed in arguments.Seeds
                    from method in arguments.Chosen
                    orderby perClass
                    select (set, perClass, seed, method);
        foreach (var (set, perClass, seed, method) in cells)
        {
            if (file.Runs.Any(run => run.IsOf(set.Name, perClass, seed, method.Name)))
                continue;
            var done = Trial.Of(set, perClass, seed, method);
            file.Add(done);
            output.WriteLine($"{set.Name}, {perClass} of each class, seed {seed}, {method.Name}: {done.Accuracy:0.0%}, log-loss {done.LogLoss:0.000}, {done.Seconds:0} s. {done.Training}");
        }
    }
}
